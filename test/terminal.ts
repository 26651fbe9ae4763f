import { Writable } from 'node:stream'
import { openVault } from '#cli/door.ts'
import { consign } from '#cli/run.ts'
import type { Surroundings } from '#cli/command.ts'
import type { Sink } from '#cli/screen.ts'
import type { Client } from '#cli/client.ts'

/** A stream that keeps what is written to it; with `columns` it is a terminal so wide. */
export function openPaper(columns?: number): Sink & { text: () => string } {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk)
      done()
    },
  })
  return Object.assign(stream, {
    text: () => text,
    ...(columns === undefined ? {} : { isTTY: true, columns, rows: 24 }),
  })
}

export type Printed = { exitCode: number; stdout: string; stderr: string }

type Machine = {
  /** Where the server is; without it a command that asks for one fails. */
  api?: Client
  url?: string | null
  /** Width of the terminal; a pipe when it is left out. */
  columns?: number
  env?: NodeJS.ProcessEnv
  interrupted?: AbortSignal
  /** Settings with which backups are made and restored. */
  vault?: Record<string, string>
}

/** Types a command line, as a person or a script would, and waits for its end. */
export async function typeCommand(line: string | readonly string[], machine: Machine = {}): Promise<Printed> {
  const { api, url = null, columns, env = {}, interrupted = new AbortController().signal, vault } = machine
  const stdout = openPaper(columns)
  const stderr = openPaper(columns)
  const around: Surroundings = {
    stdout,
    stderr,
    env,
    interrupted,
    openDoor: async () => (api ? { api, url, [Symbol.asyncDispose]: async () => {} } : noServer()),
    openServer: noServer,
    openWorker: noServer,
    openVault: async () => (vault ? openVault(vault) : noServer()),
  }
  const argv = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line
  const exitCode = await consign(argv, around)
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}

function noServer(): Promise<never> {
  return Promise.reject(new Error('There is no server in this story'))
}
