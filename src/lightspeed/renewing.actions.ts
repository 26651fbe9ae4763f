import { patiently } from '../db/faults.ts'
import { isStale, originOf } from './oauth.rules.ts'
import { findConnection, lockConnection, markNeedsReconnect, saveTokens } from './oauth.store.ts'
import {
  needsReconnect,
  notConnected,
  openConnection,
  sealTokens,
  timeOf,
  type Connection,
  type OAuth,
} from './oauth.ts'
import { askForTokens, type Granted } from './token-endpoint.ts'

/** The connection as it stands. Throws a Refusal with the cure while there is none, or while it is broken. */
export async function readConnection(oauth: OAuth): Promise<Connection> {
  return usable(oauth, await findConnection(oauth.db))
}

/**
 * A connection whose token is neither stale nor the refused one. One process renews it while the others wait at the row,
 * and then see its new token. The network is asked inside the transaction on purpose: two processes that use one refresh
 * token make each other's tokens worthless. Tokens that could not be stored are stored as soon as the database is back.
 */
export async function renewConnection(oauth: OAuth, refusedToken: string | null): Promise<Connection> {
  let granted: Granted | undefined
  const renewed = await patiently(() =>
    oauth.db.transaction().execute(async (tx) => {
      const connection = usable(oauth, await lockConnection(tx))
      const isGood = connection.accessToken !== refusedToken && !isStale(connection.expiresAt, timeOf(oauth))
      if (isGood) return connection
      granted ??= await renew(oauth, connection)
      if ('refused' in granted) {
        await markNeedsReconnect(tx, granted.refused)
        return { ...connection, state: 'needs_reconnect' as const, problem: granted.refused }
      }
      const { tokens } = granted
      const refreshToken = tokens.refreshToken ?? connection.refreshToken
      await saveTokens(tx, sealTokens(oauth, tokens, refreshToken))
      return { ...connection, accessToken: tokens.accessToken, refreshToken, expiresAt: tokens.expiresAt }
    }),
  )
  if (renewed.state === 'needs_reconnect') throw needsReconnect(renewed.problem)
  return renewed
}

function renew(oauth: OAuth, { domainPrefix, refreshToken }: Connection): Promise<Granted> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken } as const
  return askForTokens(originOf(domainPrefix, oauth.baseUrl), oauth.app, grant, timeOf(oauth))
}

function usable(oauth: OAuth, stored: Awaited<ReturnType<typeof findConnection>>): Connection {
  if (!stored) throw notConnected()
  if (stored.state !== 'connected') throw needsReconnect(stored.problem)
  return openConnection(oauth, stored)
}
