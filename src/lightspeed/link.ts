import type { LightspeedSettings } from '../config.ts'
import type { Lightspeed } from './client.ts'

/** The retailer that this Consign is linked to. */
export type LightspeedLink = {
  describe(): LinkDescription
  /** The client; throws a Refusal with the cure while there is no connection. */
  client(): Promise<Lightspeed>
  /** Asks Lightspeed whether it answers and lets us in; remembered for half a minute unless `fresh`. */
  check(options?: { fresh?: boolean }): Promise<LinkCheck>
}

export type LinkDescription = {
  kind: LightspeedSettings['kind']
  origin: string | null
  domainPrefix: string | null
  state: 'connected' | 'not_connected' | 'needs_reconnect'
  /** Where an administrator goes to connect; only for OAuth. */
  connectPath: string | null
}

export type LinkCheck = { ms: number; retailer: string | null; outlets: number }
