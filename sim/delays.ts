export type Delays = {
  after(ms: number, work: () => void | Promise<void>): void
  /** Forgets what has not begun and waits for what has. */
  close(): Promise<void>
}

/** Work for later. What it throws is not caught: a simulator that fails must be seen to fail. */
export function openDelays(): Delays {
  const waiting = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let closed = false

  return {
    after(ms, work) {
      if (closed) return
      const timer = setTimeout(() => {
        waiting.delete(timer)
        const done: Promise<void> = run(work).finally(() => running.delete(done))
        running.add(done)
      }, ms)
      waiting.add(timer)
    },
    async close() {
      closed = true
      for (const timer of waiting) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

const run = async (work: () => void | Promise<void>): Promise<void> => work()
