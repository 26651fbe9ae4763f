import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'

/** Makes the data folder. Throws a Refusal (exit code 2) with the cure when it cannot be written. */
export function openDataDir(dataDir: string) {
  try {
    makeFolders(dataDir)
    if (statSync(dataDir).uid === process.getuid?.()) chmodSync(dataDir, process.getuid() === 0 ? 0o711 : 0o700)
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    writeFileSync(join(dataDir, '.writable'), '', { mode: 0o600 })
  } catch (error) {
    throw unwritable(dataDir, error)
  }
}

/** A folder with those above it. Not mkdir's own `recursive`: it never comes back where the system answers ENOENT for a folder that is there (/proc). */
export function makeFolders(folder: string) {
  if (existsSync(folder)) return
  makeFolders(dirname(folder))
  mkdirSync(folder)
}

/** A secret that stays the same from start to start, readable by its owner only. */
export function keepSecret(dataDir: string, name: string): { value: string; file: string; isNew: boolean } {
  const file = join(dataDir, name)
  const isNew = !existsSync(file)
  if (isNew) {
    const half = `${file}.${process.pid}`
    writeFileSync(half, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
    renameSync(half, file)
  }
  return { value: readFileSync(file, 'utf8').trim(), file, isNew }
}

function unwritable(dataDir: string, error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full: free some space, or set CONSIGN_DATA_DIR to a larger disk',
    EROFS: 'its disk is read-only: set CONSIGN_DATA_DIR to a folder that may be written',
    EACCES: 'this account may not write there: change its owner, or set CONSIGN_DATA_DIR to another folder',
    EPERM: 'this account may not write there: change its owner, or set CONSIGN_DATA_DIR to another folder',
    ENOENT: 'no folder can be made there: set CONSIGN_DATA_DIR to a folder that may be written',
    ENOTDIR: 'something on the way is a file: set CONSIGN_DATA_DIR to a folder',
    EEXIST: 'it is a file: set CONSIGN_DATA_DIR to a folder',
  }
  const reason = reasons[code] ?? `the system says ${code}: set CONSIGN_DATA_DIR to a folder that may be written`
  return new Refusal('misconfigured', 'data_dir_unwritable', `The data folder ${dataDir} cannot be used: ${reason}.`)
}
