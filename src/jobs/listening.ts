import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { schema } from './boss.ts'

const againAfterMs = 1_000
const longestAgainMs = 30_000
const askEveryMs = 4_000
const answerWithinMs = 3_000

/** Rings when a job is put into the queue. A lost line is laid again; until then the worker finds its jobs by looking. */
export function listenForJobs(url: string, ring: () => void): { close: () => Promise<void> } {
  const closing = new AbortController()
  const closed = keepLaying(url, ring, closing.signal)
  const close = async () => {
    closing.abort()
    await closed
  }
  return { close }
}

async function keepLaying(url: string, ring: () => void, signal: AbortSignal) {
  let pauseMs = againAfterMs
  while (!signal.aborted) {
    const began = Date.now()
    await listenOnce(url, ring, signal).catch(() => {})
    if (Date.now() - began > askEveryMs) pauseMs = againAfterMs
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
    pauseMs = Math.min(pauseMs * 2, longestAgainMs)
  }
}

/** One line, until it breaks. */
async function listenOnce(url: string, ring: () => void, signal: AbortSignal) {
  const socket = new Socket()
  const over = new AbortController()
  const hangUp = () => {
    over.abort()
    socket.destroy()
  }
  const line = new Client({
    connectionString: url,
    application_name: 'consign jobs',
    stream: () => socket,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  line.on('notification', ring)
  line.on('error', hangUp)
  line.once('end', hangUp)
  signal.addEventListener('abort', hangUp)
  try {
    await line.connect()
    const { rows } = await line.query<{ channel: string }>(channelOfBoss, [schema])
    await line.query(`listen ${line.escapeIdentifier(rows[0]?.channel ?? '')}`)
    ring()
    for (;;) {
      await sleep(askEveryMs, undefined, { signal: over.signal })
      await line.query(isAlive)
    }
  } finally {
    signal.removeEventListener('abort', hangUp)
    hangUp()
  }
}

/** A line whose packets are lost on the way says nothing, and would be listened to for ever: it has to answer now and then. */
const isAlive = 'select 1'

/** Where pg-boss rings for queues with `notify`; a story watches that it still does. */
const channelOfBoss = `select 'pgboss_' || left(encode(sha224($1::text::bytea), 'hex'), 24) as channel`
