import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Judgments } from './judgments.ts'
import type { Store } from './store.ts'
import type { Trouble } from './trouble.ts'

/** What every resource of the simulator is given. */
export type SimContext = {
  store: Store
  /** Read it at the time of use: `POST /sim/judgments` changes it while the simulator runs. */
  judgments: Judgments
  trouble: Trouble
  clientSecret: string
  domainPrefix: string
  /** Runs the work later; not at all once the simulator has closed. */
  afterDelay(ms: number, work: () => void | Promise<void>): void
}

/** `allows`: whether the token of the request has a scope. */
export type SimEnv = { Bindings: HttpBindings; Variables: { allows: (scope: string) => boolean } }
export type SimApp = Hono<SimEnv>
