import { hc, type InferResponseType } from 'hono/client'
import type { Api } from '#src/http/app.ts'

export { parseResponse as answerOf } from 'hono/client'
export type * from './server.d.ts'

/** The one door, typed by the server's own routes. Throws what `web/problem.ts` puts into words. */
export const api = hc<Api>('/').api.v1

export type Session = InferResponseType<typeof api.session.$get>
export type SyncStatus = InferResponseType<typeof api.sync.$get>
export type EntityStatus = SyncStatus['entities'][number]
export type Run = InferResponseType<(typeof api.sync.runs)[':id']['$get']>
export type RunEntity = Run['entities'][number]
export type Rejected = InferResponseType<(typeof api.sync)[':entity']['rejected']['$get']>['data'][number]
export type Drift = InferResponseType<typeof api.sync.drift.$get>['data'][number]
export type Link = InferResponseType<typeof api.lightspeed.$get>
export type Row = InferResponseType<(typeof api.mirror)[':entity']['$get']>['data'][number]
export type Value = Row[string]

export type Status = InferResponseType<typeof api.status.$get>
export type Point = Status['now']
export type KindNow = Status['queue']['kinds'][number]
export type WorkerNow = Status['queue']['workers'][number]
export type Failing = Status['failing'][number]
export type Schedule = Status['schedules'][number]
export type Budget = NonNullable<Status['budget']>
export type DeadLetter = InferResponseType<(typeof api)['dead-letters'][':id']['$get']>
export type WebhookLine = InferResponseType<(typeof api)['webhook-events']['$get']>['data'][number]
export type Alert = Status['alerts'][number]
