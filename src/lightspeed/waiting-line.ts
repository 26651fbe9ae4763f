import type { Priority } from './budget.rules.ts'

type Waiter<Entry> = { priority: Priority; enter: (entry: Entry) => void; fail: (error: unknown) => void }

/** Who waits for a permit: people first, and each kind in the order of arrival. */
export class WaitingLine<Entry> {
  #waiters: Waiter<Entry>[] = []

  /** Resolves when it is one's turn. Rejects, and leaves the line, when the signal is aborted. */
  join(priority: Priority, signal?: AbortSignal): Promise<Entry> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const leave = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        waiter.fail(signal?.reason)
      }
      const done = () => signal?.removeEventListener('abort', leave)
      const waiter: Waiter<Entry> = {
        priority,
        enter: (entry) => (done(), resolve(entry)),
        fail: (error) => (done(), reject(error)),
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#waiters.push(waiter)
    })
  }

  /** Whose turn it would be. */
  get first(): Priority | undefined {
    return this.#waiters.some(({ priority }) => priority === 'person') ? 'person' : this.#waiters[0]?.priority
  }

  admit(entry: Entry) {
    const next = this.#waiters.find(({ priority }) => priority === this.first)
    this.#waiters = this.#waiters.filter((other) => other !== next)
    next?.enter(entry)
  }

  failAll(error: unknown) {
    const failed = this.#waiters
    this.#waiters = []
    for (const { fail } of failed) fail(error)
  }
}
