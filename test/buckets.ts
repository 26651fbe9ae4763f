import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { z } from 'zod'

const address = z.object({ port: z.int() })

/** With what the bucket of the tests is opened; `trouble` answers a request otherwise than it should be, as long as it is set. */
export const bucketKeys = { id: 'AKIA-OF-THE-TESTS', secret: 'a secret of the tests', region: 'ap-southeast-2' }

type Trouble = (request: IncomingMessage, answer: ServerResponse) => boolean

const noTrouble: Trouble = () => false

/**
 * A server of buckets that knows what we use of S3, path style: PUT, GET, HEAD, DELETE of an object. Every request must be
 * signed with AWS Signature Version 4 as its documentation says; the signature is reckoned here from what came over the
 * wire, and so is the hash of the body. Nothing is kept of a body that is cut off.
 */
export async function openBuckets({ bucket = 'photos' } = {}) {
  const objects = new Map<string, { body: Buffer; type: string }>()
  const refused: string[] = []
  const asked: string[] = []
  let trouble = noTrouble
  const server = createServer(async (request, answer) => {
    asked.push(`${request.method} ${request.url}`)
    if (trouble(request, answer)) return
    const body = await bodyOf(request).catch(() => undefined)
    const wrong = body === undefined ? undefined : wrongWith(request, body)
    if (body === undefined) answer.destroy()
    else if (wrong === undefined) serve({ request, answer, body, key: keyOf(request.url ?? '', bucket) }, objects)
    else {
      refused.push(wrong)
      answer.writeHead(403).end(`<Error><Code>${wrong}</Code></Error>`)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = address.parse(server.address())
  const endpoint = `http://127.0.0.1:${port}`
  return {
    objects,
    refused,
    asked,
    setTrouble: (wanted: Trouble) => void (trouble = wanted),
    settings: {
      FILES_S3_ENDPOINT: endpoint,
      FILES_S3_BUCKET: bucket,
      FILES_S3_REGION: bucketKeys.region,
      FILES_S3_KEY_ID: bucketKeys.id,
      FILES_S3_SECRET: bucketKeys.secret,
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Served = { request: IncomingMessage; answer: ServerResponse; body: Buffer; key: string | undefined }

function serve({ request, answer, body, key }: Served, objects: Map<string, { body: Buffer; type: string }>) {
  const { method, headers } = request
  const found = key === undefined ? undefined : objects.get(key)
  if (key !== undefined && method === 'PUT') {
    objects.set(key, { body, type: headers['content-type'] ?? '' })
    answer.writeHead(200).end()
  } else if (key !== undefined && method === 'DELETE') {
    objects.delete(key)
    answer.writeHead(204).end()
  } else if (found) {
    answer.writeHead(200, { 'content-type': found.type, 'content-length': found.body.length })
    answer.end(method === 'HEAD' ? undefined : found.body)
  } else answer.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
}

function keyOf(url: string, bucket: string): string | undefined {
  const path = decodeURIComponent(url.split('?')[0] ?? '')
  return path.startsWith(`/${bucket}/`) ? path.slice(bucket.length + 2) : undefined
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  if (!request.complete) throw new Error('The body was cut off')
  return Buffer.concat(chunks)
}

const scheme =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/

/** The error code of S3 where the request is not signed as it must be. */
function wrongWith(request: IncomingMessage, body: Buffer): string | undefined {
  const [, id, day, region, names = '', signature = ''] = scheme.exec(request.headers.authorization ?? '') ?? []
  if (id === undefined) return 'AccessDenied'
  if (id !== bucketKeys.id) return 'InvalidAccessKeyId'
  const at = String(request.headers['x-amz-date'])
  const told = String(request.headers['x-amz-content-sha256'])
  if (region !== bucketKeys.region || !at.startsWith(String(day)) || isLate(at)) return 'RequestTimeTooSkewed'
  if (told !== 'UNSIGNED-PAYLOAD' && told !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (body.length > 0 && told === 'UNSIGNED-PAYLOAD') return 'BodyNotSigned'
  const signed = names.split(';')
  if (['host', 'x-amz-date', 'x-amz-content-sha256'].some((name) => !signed.includes(name))) return 'HeadersNotSigned'
  const { pathname, search } = new URL(request.url ?? '', 'http://bucket')
  const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/ +/g, ' ')}\n`)
  const canonical = [request.method, pathname, search.slice(1), headers.join(''), names, told].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const words = ['AWS4-HMAC-SHA256', at, scope, sha256(Buffer.from(canonical))].join('\n')
  const key = [String(day), region, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${bucketKeys.secret}`),
  )
  const right = timingSafeEqual(hmac(key, words), Buffer.from(signature, 'hex'))
  return right ? undefined : 'SignatureDoesNotMatch'
}

function isLate(at: string): boolean {
  const told = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  return Math.abs(told - Date.now()) > 15 * 60_000
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function hmac(key: Buffer, words: string): Buffer {
  return createHmac('sha256', key).update(words).digest()
}
