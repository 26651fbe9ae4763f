import type { KeyObject } from 'node:crypto'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Tokens } from './oauth.rules.ts'
import type { StoredConnection, StoredTokens } from './oauth.store.ts'
import { seal, unseal } from './seal.ts'
import type { OAuthApp } from './token-endpoint.ts'

/** All that connecting and staying connected need. */
export type OAuth = {
  db: Db
  app: OAuthApp
  /** Seals the tokens in the database. */
  key: KeyObject
  /** Where Lightspeed is, if not at its own address. */
  baseUrl: string | undefined
  /** The only shop that may be connected, if the settings name one. */
  domainPrefix: string | undefined
  now?: () => Date
}

export type Connection = {
  domainPrefix: string
  state: 'connected' | 'needs_reconnect'
  /** Why it must be connected again. */
  problem: string | null
  accessToken: string
  refreshToken: string
  expiresAt: Date
}

const accessPurpose = 'lightspeed_connection.access_token'
const refreshPurpose = 'lightspeed_connection.refresh_token'

export function timeOf({ now = () => new Date() }: OAuth): Date {
  return now()
}

export function sealTokens({ key }: OAuth, tokens: Tokens, refreshToken: string): StoredTokens {
  return {
    access_token: seal(key, tokens.accessToken, accessPurpose),
    refresh_token: seal(key, refreshToken, refreshPurpose),
    expires_at: tokens.expiresAt,
    scope: tokens.scope,
  }
}

export function openConnection({ key }: OAuth, stored: StoredConnection): Connection {
  return {
    domainPrefix: stored.domain_prefix,
    state: stored.state === 'connected' ? 'connected' : 'needs_reconnect',
    problem: stored.problem,
    accessToken: unseal(key, stored.access_token, accessPurpose),
    refreshToken: unseal(key, stored.refresh_token, refreshPurpose),
    expiresAt: stored.expires_at,
  }
}

export function notConnected(): Refusal {
  return new Refusal(
    'misconfigured',
    'lightspeed_not_connected',
    'Lightspeed is not connected yet: an administrator opens Consign in a browser and connects the shop.',
  )
}

export function needsReconnect(problem: string | null): Refusal {
  return new Refusal(
    'misconfigured',
    'lightspeed_needs_reconnect',
    `Lightspeed no longer lets Consign in (${problem ?? 'no reason given'}): an administrator opens Consign in a browser and ` +
      'connects the shop again. Nothing in the mirror is lost.',
  )
}
