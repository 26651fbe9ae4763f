import { Client } from 'pg'
import { schema } from './boss.ts'

const againAfterMs = 1_000
const longestAgainMs = 30_000

/** Rings when a job is put into the queue. A lost line is laid again; until then the worker finds its jobs by looking. */
export function listenForJobs(url: string, ring: () => void): { close: () => Promise<void> } {
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let pauseMs = againAfterMs
  const lay = async () => {
    const line = new Client({ connectionString: url, keepAlive: true, application_name: 'consign jobs' })
    client = line
    line.on('notification', ring)
    line.on('error', () => {})
    line.once('end', layAgain)
    await line.connect()
    const { rows } = await line.query<{ channel: string }>(channelOfBoss, [schema])
    await line.query(`listen ${line.escapeIdentifier(rows[0]?.channel ?? '')}`)
    pauseMs = againAfterMs
    ring()
  }
  const layAgain = () => {
    if (isClosed) return
    clearTimeout(timer)
    timer = setTimeout(() => void lay().catch(layAgain), pauseMs)
    pauseMs = Math.min(pauseMs * 2, longestAgainMs)
  }
  void lay().catch(layAgain)
  const close = async () => {
    isClosed = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
  return { close }
}

/** Where pg-boss rings for queues with `notify`; a story watches that it still does. */
const channelOfBoss = `select 'pgboss_' || left(encode(sha224($1::text::bytea), 'hex'), 24) as channel`
