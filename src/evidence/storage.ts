import type { Config } from '../config.ts'
import { openFolder } from './storage-folder.ts'
import { openBucket } from './storage-s3.ts'

/** A file that lies in the storage, to be read once. */
export type StoredFile = { bytes: number; body: ReadableStream<Uint8Array> }

/** Where files lie, each under a key that is made of its hash. What is put is there whole when `put` returns, or not at all. */
export type Storage = {
  /** For people: where that is. */
  place: string
  /** Takes the file at a path over, or copies it; a key that is there already is the same file. */
  put(key: string, file: { path: string; mediaType: string }): Promise<void>
  find(key: string): Promise<StoredFile | undefined>
  /** Nothing happens where it is not there. */
  remove(key: string): Promise<void>
}

/** The storage of the settings: the data folder, or a bucket of something that speaks S3. */
export function openStorage({ dataDir, storage }: Pick<Config, 'dataDir' | 'storage'>): Storage {
  return storage.kind === 's3' ? openBucket(storage) : openFolder(dataDir)
}
