import { isStale, originOf } from './oauth.rules.ts'
import { timeOf, type Connection, type OAuth } from './oauth.ts'
import { readConnection, renewConnection } from './renewing.actions.ts'

/** Where to send requests, and what lets us in there. They belong together: a token never goes to another host. */
export type Access = { origin: string; token: string }

export type Credentials = {
  /** Good for the next request. Throws a Refusal with the cure while there is no connection. */
  access(signal?: AbortSignal): Promise<Access>
  /** After Lightspeed refused a token: another one, or undefined if none can be had. */
  renew(refusedToken: string, signal?: AbortSignal): Promise<Access | undefined>
}

/** A personal token (Setup → Personal tokens): it does not expire, and cannot be renewed. */
export function personalToken(access: Access): Credentials {
  return { access: () => Promise.resolve(access), renew: () => Promise.resolve(undefined) }
}

/** The OAuth connection in the database. However many requests need a new token, it is asked for once. */
export function oauthCredentials(oauth: OAuth): Credentials {
  let held: Connection | null = null
  let renewing: Promise<Connection> | null = null
  const hold = (connection: Connection) => {
    held = connection
    return connection
  }
  const renew = (refused: string | null) => {
    renewing ??= renewConnection(oauth, refused)
      .then(hold)
      .finally(() => (renewing = null))
    return renewing
  }
  const good = (connection: Connection | null) => connection && !isStale(connection.expiresAt, timeOf(oauth))
  const access = (connection: Connection): Access => ({
    origin: originOf(connection.domainPrefix, oauth.baseUrl),
    token: connection.accessToken,
  })
  return {
    async access(signal) {
      const current = held && good(held) ? held : hold(await readConnection(oauth))
      const usable = good(current) ? current : await renew(null)
      signal?.throwIfAborted()
      return access(usable)
    },
    async renew(refused, signal) {
      const other = held && held.accessToken !== refused && good(held) ? held : await renew(refused)
      signal?.throwIfAborted()
      return access(other)
    },
  }
}
