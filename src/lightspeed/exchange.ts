import { LightspeedError, type Asked } from './errors.rules.ts'

/** One request as it goes over the wire. */
export type Outgoing = Asked & { query: string; headers: Record<string, string>; body?: string | undefined }

export type Incoming = { status: number; headers: Headers; bytes: Uint8Array; ms: number }

export type Limits = {
  /** From the first byte sent to the last byte read. */
  bodyTimeoutMs: number
  maxBodyBytes: number
}

export const usualLimits: Limits = { bodyTimeoutMs: 60_000, maxBodyBytes: 64 * 1024 * 1024 }

/**
 * Sends one request and reads the whole answer, whatever its status. Redirects are not followed: the token would go with
 * them. Throws a LightspeedError (unreachable, timed_out, too_large), or the signal's reason once it is aborted.
 */
export async function exchange(outgoing: Outgoing, limits: Limits, signal?: AbortSignal): Promise<Incoming> {
  signal?.throwIfAborted()
  const started = performance.now()
  const timing = new AbortController()
  const timer = setTimeout(() => timing.abort(), limits.bodyTimeoutMs)
  const stop = () => timing.abort()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const { method, headers, body } = outgoing
    const url = `${outgoing.origin}${outgoing.path}${outgoing.query}`
    const init = {
      method,
      headers,
      redirect: 'manual',
      signal: timing.signal,
      ...(body === undefined ? {} : { body }),
    } as const
    const response = await fetch(url, init)
    const bytes = await readBody(response, outgoing, limits)
    return { status: response.status, headers: response.headers, bytes, ms: performance.now() - started }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof LightspeedError) throw error
    if (!timing.signal.aborted) throw unreachable(outgoing, error)
    throw new LightspeedError('timed_out', {
      ...outgoing,
      because: `not complete after ${limits.bodyTimeoutMs / 1000} s`,
    })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    timing.abort()
  }
}

async function readBody(response: Response, outgoing: Outgoing, { maxBodyBytes }: Limits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBodyBytes) {
      throw new LightspeedError('too_large', {
        ...outgoing,
        status: response.status,
        because: `over ${maxBodyBytes} bytes`,
      })
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENOTFOUND: 'there is no such address',
  EAI_AGAIN: 'names cannot be looked up: is there a network?',
  ETIMEDOUT: 'no answer to the call',
  UND_ERR_CONNECT_TIMEOUT: 'no answer to the call',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
}

function unreachable(outgoing: Outgoing, error: unknown): LightspeedError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const because = reasons[code] ?? (code || (cause instanceof Error ? cause.message : String(cause)))
  return new LightspeedError('unreachable', { ...outgoing, because, cause: error })
}
