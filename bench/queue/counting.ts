import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const expectation = z.object({ jobs: z.int() })

export const account = z.object({
  /** When the last job was durably over, in milliseconds since 1970. */
  endedAt: z.number(),
  cpuSeconds: z.number(),
  rssMb: z.number(),
  /** When each job was begun, by the number that it carried. */
  begun: z.array(z.tuple([z.string(), z.number()])),
})

type Account = z.infer<typeof account>

type Counting = { begin: (number: string) => Promise<void> }

/** Counts the jobs that this process begins, and tells the bench when as many as it expects are over. */
export function countForBench(countOpen: () => Promise<number>): Counting {
  let begun: [string, number][] = []
  let expected = Infinity
  let cpuBefore = process.cpuUsage()
  const report = async () => {
    expected = Infinity
    while ((await countOpen()) > 0) await sleep(1)
    const endedAt = now()
    const { user, system } = process.cpuUsage(cpuBefore)
    const mine = begun
    begun = []
    globalThis.gc?.()
    const rssMb = process.memoryUsage.rss() / 2 ** 20
    process.send?.({ endedAt, cpuSeconds: (user + system) / 1e6, rssMb, begun: mine } satisfies Account)
  }
  const look = () => {
    if (begun.length >= expected) void report()
  }
  process.on('message', (message) => {
    expected = expectation.parse(message).jobs
    cpuBefore = process.cpuUsage()
    look()
  })
  const begin = async (number: string) => {
    begun.push([number, now()])
    look()
  }
  return { begin }
}

export function now(): number {
  return performance.timeOrigin + performance.now()
}
