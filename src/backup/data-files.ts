import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sealingKey } from '../lightspeed/seal.ts'
import { makeFolders } from '../ops/data-dir.ts'

/** Files of the data folder that nothing makes again: secrets in use, what was changed in the simulated shop, uploads. */
export function listDataFiles({ dataDir, secretKey, adminToken }: Config): string[] {
  const secrets = [secretKey === undefined ? 'secret-key' : '', adminToken === undefined ? 'admin-token' : '']
  const journals = readdirSync(dataDir).filter((name) => /^simulator-.+\.jsonl$/.test(name))
  return [...secrets, ...journals, ...uploads(dataDir)].filter((name) => name !== '' && existsSync(join(dataDir, name)))
}

function uploads(dataDir: string): string[] {
  const folder = join(dataDir, 'files')
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(dataDir.length + 1)).toSorted()
}

/** Tells one key from another, without telling the key. */
export function secretKeyPrint({ dataDir, secretKey }: Config): string | null {
  const file = join(dataDir, 'secret-key')
  const secret = secretKey ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
  if (secret === undefined) return null
  return createHash('sha256').update(sealingKey(secret).export()).digest('hex').slice(0, 16)
}

/** Copies a file, readable by its owner only; it is on the disk when this returns. */
export async function copyFile(from: string, to: string): Promise<{ bytes: number; sha256: string }> {
  makeFolders(dirname(to))
  const hash = createHash('sha256')
  let bytes = 0
  const watch = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  await pipeline(createReadStream(from), watch, createWriteStream(to, { mode: 0o600, flags: 'wx', flush: true }))
  return { bytes, sha256: hash.digest('hex') }
}

/** Throws a Refusal for a file of the data folder that is another one than the backup's. */
export function requireRoomFor(files: readonly string[], { dataDir }: Config, backup: string) {
  const taken = files.find((file) => differs(join(dataDir, file), join(backup, 'data', file)))
  if (taken === undefined) return
  throw new Refusal(
    'conflict',
    'restore_target_not_empty',
    `The data folder has a ${taken} of its own, which is never overwritten: move ${join(dataDir, taken)} away, or set CONSIGN_DATA_DIR to a new folder.`,
  )
}

/** Puts the files into the data folder, which is ours alone, each whole or not at all. Returns what takes them away again. */
export async function placeFiles(files: readonly string[], { dataDir }: Config, backup: string): Promise<() => void> {
  const placed: string[] = []
  const undo = () => placed.forEach((file) => rmSync(file, { force: true }))
  try {
    for (const file of files) {
      const target = join(dataDir, file)
      if (existsSync(target)) continue
      const half = `${target}.half`
      rmSync(half, { force: true })
      await copyFile(join(backup, 'data', file), half)
      linkSync(half, target)
      placed.push(target)
      rmSync(half)
    }
    return undo
  } catch (error) {
    undo()
    throw error
  }
}

function differs(present: string, wanted: string): boolean {
  if (!existsSync(present)) return false
  if (statSync(present).size !== statSync(wanted).size) return true
  return !readFileSync(present).equals(readFileSync(wanted))
}
