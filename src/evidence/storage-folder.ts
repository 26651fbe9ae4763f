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
      return { bytes: found.size, body: ReadableStream.from(createReadStream(pathOf(key))) }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
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
