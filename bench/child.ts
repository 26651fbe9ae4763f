import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'

/** A process of the bench: answers each message that it is sent with one of its own, and says one by itself when it is ready. */
export type Child = AsyncDisposable & {
  pid: number
  ask<Answer>(message: object, form: z.ZodType<Answer>): Promise<Answer>
  /** What it said when it was ready. */
  first: unknown
}

type ChildParts = { file: string; env: Record<string, string>; flags?: string[] }

/** Starts a program of this folder with nothing in its environment but what is given, and a data folder of its own. */
export async function openChild({ file, env, flags = [] }: ChildParts): Promise<Child> {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-'))
  const child = fork(join(import.meta.dirname, file), [], {
    env: { PATH: process.env['PATH'], CONSIGN_DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
    execArgv: flags,
  })
  const exited = once(child, 'exit')
  const next = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), exited.then(() => [undefined])])
    if (message === undefined) throw new Error(`${file} ended`)
    return message
  }
  const ask = async <Answer>(message: object, form: z.ZodType<Answer>) => {
    const coming = next()
    child.send(message)
    return form.parse(await coming)
  }
  const close = async () => {
    if (child.connected) child.disconnect()
    await exited
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { pid: child.pid ?? 0, ask, first: await next(), [Symbol.asyncDispose]: close }
}
