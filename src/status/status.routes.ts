import { Hono } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { House } from '../house.ts'
import type { Env } from '../http/env.ts'
import { Doorbell } from '../jobs/doorbell.ts'
import { listenForJobs } from '../jobs/listening.ts'
import { openBroadcast, type Broadcast } from './broadcast.ts'
import { mustSeeStatus, readStatus, type Status } from './status.actions.ts'
import { status } from './status.shapes.ts'
import { doorsOf, eventStream } from '../http/describing.ts'

const about = doorsOf('status')

const everyMs = 2_000
const signOfLifeMs = 15_000
/** Then the browser comes again, and is asked again whether it may look. */
const longestMs = 5 * 60_000
const comesAgainMs = 1_000

const lastEventId = {
  in: 'header',
  name: 'Last-Event-ID',
  description: 'The id of the last event that came: only later points are told',
  schema: { type: 'string' },
} as const

/** How everything stands, once or as it changes. One reading serves all who look at this process. */
export function statusRoutes(house: House) {
  const broadcast = openBroadcast({
    read: () => readStatus(house),
    listen: (ring) => listenForJobs(house.database.url, ring),
    onError: (error) => house.log.warn({ error }, 'The status cannot be read just now'),
    everyMs,
  })
  return new Hono<Env>()
    .get(
      '/api/v1/status',
      about('How everything stands: queue, failures, webhooks, mirror, budget', { 200: status }),
      async (c) => {
        mustSeeStatus(c.var.actor)
        return c.json(await readStatus(house))
      },
    )
    .get(
      '/api/v1/status/events',
      about(
        'The same as it changes: server-sent events `status`, which bring only the points that are new',
        { 200: eventStream('How everything stands, as it changes', { status: 'Status' }) },
        {},
        { parameters: [lastEventId] },
      ),
      (c) => {
        mustSeeStatus(c.var.actor)
        const since = Number(c.req.header('last-event-id') ?? 0) || 0
        return streamSSE(c, (stream) => tell(stream, { broadcast, since, stopping: house.stopping }))
      },
    )
}

type Telling = { broadcast: Broadcast<Status>; since: number; stopping: AbortSignal }

async function tell(stream: SSEStreamingApi, { broadcast, since, stopping }: Telling) {
  const doorbell = new Doorbell()
  const unreadable = new AbortController()
  const ending = AbortSignal.any([stopping, unreadable.signal, AbortSignal.timeout(longestMs)])
  let news: Status | undefined
  const leave = broadcast.follow((told) => {
    news = told
    if (!told) unreadable.abort()
    doorbell.ring()
  })
  ending.addEventListener('abort', doorbell.ring)
  stream.onAbort(doorbell.ring)
  try {
    let told = since
    while (!stream.aborted && !ending.aborted) {
      if (news) told = await write(stream, news, told)
      else await stream.write(': still here\n\n')
      news = undefined
      await doorbell.wait(signOfLifeMs)
    }
  } finally {
    leave()
    ending.removeEventListener('abort', doorbell.ring)
  }
}

/** Brings the points after the one that was told last. Returns the last one now. */
async function write(stream: SSEStreamingApi, news: Status, told: number): Promise<number> {
  const points = news.points.filter(({ at }) => at > told)
  const last = points.at(-1)?.at ?? told
  const data = JSON.stringify({ ...news, points })
  await stream.writeSSE({ event: 'status', id: String(last), data, retry: comesAgainMs })
  return last
}
