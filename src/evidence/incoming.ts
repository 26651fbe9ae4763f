import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDiskFull } from '../db/faults.ts'
import { Refusal } from '../kernel/refusal.ts'
import { makeFolders } from '../ops/data-dir.ts'
import { noPhoto } from './no-photo.ts'

export type Body = ReadableStream<Uint8Array> | null

/** A file on its way in, under a name that nobody chose. */
export type Arrived = { path: string; sha256: string; bytes: number }

const folderOf = (dataDir: string) => join(dataDir, 'incoming')

/**
 * Writes a body to the disk as it comes, does something with it, and takes it and all beside it away again. Throws a
 * Refusal when it is too large (413) or empty (422); more than the limit is never read.
 */
export async function withIncoming<Result>(
  dataDir: string,
  { body, mostBytes }: { body: Body; mostBytes: number },
  work: (arrived: Arrived) => Promise<Result>,
): Promise<Result> {
  const name = randomUUID()
  const folder = folderOf(dataDir)
  makeFolders(folder)
  const path = join(folder, name)
  try {
    return await work(await arrive(path, body, mostBytes))
  } catch (error) {
    throw isDiskFull(error) ? diskFull() : error
  } finally {
    for (const left of await readdir(folder)) if (left.startsWith(name)) await rm(join(folder, left), { force: true })
  }
}

async function arrive(path: string, body: Body, mostBytes: number): Promise<Arrived> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) throw tooLarge(mostBytes)
      hash.update(chunk)
      yield chunk
    }
  }
  if (body) await pipeline(body, count, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  if (bytes === 0) throw noPhoto('it is empty; send the file itself as the body of the request')
  return { path, sha256: hash.digest('hex'), bytes }
}

/** Removes what a process that was killed left behind. Returns how many files. */
export async function sweepIncoming(dataDir: string, olderThan: Date): Promise<number> {
  const folder = folderOf(dataDir)
  makeFolders(folder)
  let swept = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || found.mtime >= olderThan) continue
    await rm(path, { force: true })
    swept += 1
  }
  return swept
}

function tooLarge(mostBytes: number): Refusal {
  const message = `body: it is larger than ${mostBytes / 1024 / 1024} MB`
  return new Refusal('too_large', 'body_too_large', message, {
    largestBodyBytes: mostBytes,
    issues: [{ field: 'body', message: `is larger than ${mostBytes} bytes` }],
  })
}

function diskFull(): Refusal {
  const message = 'The disk of the data folder is full: free some space, then send it again. Nothing was stored.'
  return new Refusal('misconfigured', 'storage_full', message)
}
