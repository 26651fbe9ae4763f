import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import type { Shelf } from './page-server.ts'

export type Pages = AsyncDisposable &
  Shelf & {
    url: string
    bytes: number
    pid: number
    /** How many it has answered so far. */
    requests(): Promise<number>
  }

const ready = z.object({ port: z.int(), bytes: z.int() })
const counted = z.object({ requests: z.int() })

/** A server of ready pages in a process of its own. */
export async function openPages(shelf: Shelf): Promise<Pages> {
  const child = fork(join(import.meta.dirname, 'page-server.ts'), [JSON.stringify(shelf)])
  const exited = once(child, 'exit')
  const [message] = await Promise.race([once(child, 'message'), exited.then(() => ['it ended'])])
  const { port, bytes } = ready.parse(message)
  const requests = async () => {
    const coming = once(child, 'message')
    child.send('requests')
    const [answer] = await coming
    return counted.parse(answer).requests
  }
  const close = async () => {
    child.disconnect()
    await exited
  }
  return {
    ...shelf,
    url: `http://127.0.0.1:${port}`,
    bytes,
    pid: child.pid ?? 0,
    requests,
    [Symbol.asyncDispose]: close,
  }
}
