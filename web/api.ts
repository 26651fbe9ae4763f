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
