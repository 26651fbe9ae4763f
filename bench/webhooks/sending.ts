import { setTimeout as sleep } from 'node:timers/promises'
import { openLine, type Line } from './line.ts'

async function openLines(port: number, count: number) {
  await using stack = new AsyncDisposableStack()
  const lines: Line[] = []
  for (let at = 0; at < count; at += 1) lines.push(stack.use(await openLine(port)))
  const closing = stack.move()
  return { lines, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

/** Sends all as fast as so many connections are answered. Returns the milliseconds that it took. Throws unless all are accepted. */
export async function sendAll(port: number, requests: readonly Buffer[], connections: number): Promise<number> {
  await using opened = await openLines(port, connections)
  const startedAt = performance.now()
  const left = requests.values()
  const work = async (line: Line) => {
    for (const request of left) await accepted(line, request)
  }
  await Promise.all(opened.lines.map(work))
  return performance.now() - startedAt
}

/**
 * Sends them evenly, so many a second, whether they are answered or not. Returns of each the milliseconds from when it
 * was to be sent until it was accepted.
 */
export async function sendEvenly(port: number, requests: readonly Buffer[], aSecond: number): Promise<number[]> {
  await using stack = new AsyncDisposableStack()
  const free: Line[] = []
  const startedAt = performance.now()
  const post = async (request: Buffer, dueAt: number): Promise<number> => {
    const line = free.pop() ?? stack.use(await openLine(port))
    if (!line.isOpen()) return post(request, dueAt)
    await accepted(line, request)
    free.push(line)
    return performance.now() - dueAt
  }
  const posted: Promise<number>[] = []
  for (const [at, request] of requests.entries()) {
    const dueAt = startedAt + (at * 1000) / aSecond
    const early = dueAt - performance.now()
    if (early > 0) await sleep(early)
    posted.push(post(request, dueAt))
  }
  return await Promise.all(posted)
}

async function accepted(line: Line, request: Buffer) {
  const status = await line.send(request)
  if (status !== 202) throw new Error(`A webhook was answered with ${status}`)
}
