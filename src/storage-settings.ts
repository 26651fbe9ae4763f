import type { Refusal } from './kernel/refusal.ts'

/** Where files of people lie: in the data folder, or in a bucket. */
export type StorageSettings =
  | { kind: 'folder' }
  | { kind: 's3'; endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string }

type Given = {
  FILES_S3_ENDPOINT?: string | undefined
  FILES_S3_BUCKET?: string | undefined
  FILES_S3_REGION: string
  FILES_S3_KEY_ID?: string | undefined
  FILES_S3_SECRET?: string | undefined
}

/** A bucket with all that belongs to it, or the data folder; `missing` words what is left out. */
export function storageOf(
  given: Given,
  missing: (name: Exclude<keyof Given, 'FILES_S3_REGION'>, because: string) => Refusal,
): StorageSettings {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket, FILES_S3_REGION: region } = given
  const { FILES_S3_KEY_ID: accessKeyId, FILES_S3_SECRET: secretAccessKey } = given
  if (endpoint === undefined && bucket === undefined) return { kind: 'folder' }
  if (endpoint === undefined) throw missing('FILES_S3_ENDPOINT', 'FILES_S3_BUCKET')
  if (bucket === undefined) throw missing('FILES_S3_BUCKET', 'FILES_S3_ENDPOINT')
  if (accessKeyId === undefined) throw missing('FILES_S3_KEY_ID', 'FILES_S3_BUCKET')
  if (secretAccessKey === undefined) throw missing('FILES_S3_SECRET', 'FILES_S3_BUCKET')
  return { kind: 's3', endpoint, bucket, region, accessKeyId, secretAccessKey }
}

/** For people: where a bucket is. */
export function bucketPlace({ endpoint, bucket }: { endpoint: string; bucket: string }): string {
  return `${endpoint}/${bucket}`
}

/** A bucket's name, with a folder in it where one is wanted. */
export const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*$/
