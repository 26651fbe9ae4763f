import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob } from 'node:fs'
import { AwsClient } from 'aws4fetch'
import { Refusal } from '../kernel/refusal.ts'
import { bucketPlace, type StorageSettings } from '../storage-settings.ts'
import type { Storage } from './storage.ts'

const longestMs = 15_000

/** A bucket of something that speaks S3, each request signed with AWS Signature Version 4; the body by its hash. */
export function openBucket(settings: Extract<StorageSettings, { kind: 's3' }>): Storage {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings
  const place = bucketPlace({ endpoint, bucket })
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const ask = async (method: string, key: string, more: { body?: Blob; headers?: Record<string, string> } = {}) => {
    const signal = AbortSignal.timeout(longestMs)
    return aws
      .fetch(`${place}/${key}`, { method, signal, ...more })
      .catch((error: unknown) => Promise.reject(away(place, error instanceof Error ? error.message : String(error))))
  }
  return {
    place,
    put: async (key, { path, mediaType }) => {
      const headers = { 'content-type': mediaType, 'x-amz-content-sha256': await sha256Of(path) }
      const answer = await ask('PUT', key, { body: await openAsBlob(path), headers })
      await answer.body?.cancel()
      if (!answer.ok) throw away(place, `it answered ${answer.status}`)
    },
    find: async (key) => {
      const answer = await ask('GET', key)
      if (answer.ok && answer.body) return { bytes: Number(answer.headers.get('content-length')), body: answer.body }
      await answer.body?.cancel()
      if (answer.status !== 404) throw away(place, `it answered ${answer.status}`)
      return undefined
    },
    remove: async (key) => {
      const answer = await ask('DELETE', key)
      await answer.body?.cancel()
      if (!answer.ok && answer.status !== 404) throw away(place, `it answered ${answer.status}`)
    },
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

function away(place: string, because: string): Refusal {
  return new Refusal(
    'unreachable',
    'storage_away',
    `The storage ${place} does not take or give the file: ${because}. Nothing was stored; send it again.`,
  )
}
