import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolders } from '../ops/data-dir.ts'
import type { Storage } from './storage.ts'

/** `files/` in the data folder: what `consign backup` takes along. */
export function openFolder(dataDir: string): Storage {
  const folder = join(dataDir, 'files')
  const pathOf = (key: string) => join(folder, key)
  return {
    place: folder,
    put: async (key, { path }) => {
      const target = pathOf(key)
      makeFolders(dirname(target))
      await flush(path)
      await rename(path, target)
      await flush(dirname(target))
    },
    find: async (key) => {
      const found = await stat(pathOf(key)).catch(absent)
      if (!found) return undefined
      return { bytes: found.size, body: streamOf(pathOf(key)) }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

/** Read as fast as it is taken, and closed with whoever takes it. */
function streamOf(path: string): ReadableStream<Uint8Array> {
  const file = createReadStream(path)
  const chunks: AsyncIterator<Uint8Array> = file[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (into) => {
      const { done, value } = await chunks.next()
      if (done) into.close()
      else into.enqueue(value)
    },
    cancel: () => void file.destroy(),
  })
}

/** On the disk, and not only on its way there: the row that comes after must not outlive the file. */
async function flush(path: string) {
  await using file = await open(path, 'r')
  await file.sync()
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
