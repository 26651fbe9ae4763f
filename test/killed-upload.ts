import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Office } from './office.ts'

type Upload = { order: string; id: string; photo: string; files: number }

/** A photo is sent to a process that is killed as soon as so many of its files lie in the storage. */
export async function killUpload({ settings }: Pick<Office, 'settings'>, { order, id, photo, files }: Upload) {
  const program = join(import.meta.dirname, 'photographing-process.ts')
  const child = spawn(process.execPath, [program, order, id, photo, String(files)], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/tmp', ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL')
}
