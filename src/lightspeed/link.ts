import type { LightspeedSettings } from '../lightspeed-settings.ts'
import type { CircuitBreaker } from './breaker.ts'
import type { Lightspeed } from './client.ts'
import type { OAuth } from './oauth.ts'

/** The retailer that this Consign is linked to. */
export type LightspeedLink = {
  client: Lightspeed
  breaker: CircuitBreaker
  describe(): Promise<LinkDescription>
  /** Asks Lightspeed whether it answers and lets us in; remembered for half a minute unless `fresh`. */
  check(options?: CheckOptions): Promise<LinkCheck>
  /** Where the link is made by signing in to Lightspeed. */
  oauth: OAuth | null
  /** The secret of the simulated retailer's app, which signs its webhooks; null of a real one, whose secret is a setting. */
  clientSecret: string | null
}

export type LinkDescription = {
  kind: LightspeedSettings['kind']
  origin: string | null
  domainPrefix: string | null
  state: 'connected' | 'not_connected' | 'needs_reconnect'
  /** Where an administrator goes to connect; only for OAuth. */
  connectPath: string | null
}

export type CheckOptions = { fresh?: boolean; correlationId?: string }

export type LinkCheck = { ms: number; retailer: string | null; outlets: number }
