import type { Judgments } from './judgments.ts'
import { hash } from './seed/random.ts'
import type { Row, Store } from './store.ts'

export type Grant = { accessToken: string; refreshToken: string | undefined; expiresAt: number; scope: string }

/** What a bearer token is: whose, and what it may. `app` keeps the rate limits of applications apart. */
type Bearer = { kind: 'personal' | 'oauth'; app: string; allows: (scope: string) => boolean; expire(): void }

export type Tokens = {
  personal: string
  clientId: string
  clientSecret: string
  /** The life of access tokens given from now on. */
  setExpiresIn(seconds: number): void
  authorize(request: { redirectUri: string; scope: string }): string
  /** Undefined when the code or the refresh token is not good. */
  exchange(request: { code: string; redirectUri: string }): Grant | undefined
  refresh(refreshToken: string): Grant | undefined
  bearer(token: string): Bearer | undefined
}

/** Personal token, application and grants of the retailer. */
export function openTokens(store: Store, seed: number, judgments: Judgments): Tokens {
  const personal = `lsxs_pt_sim_${digits(seed, 0)}`
  const clientId = `app_sim_${digits(seed, 1)}`
  const codes = openCodes(store, judgments)
  const grants = openGrants(store, judgments)

  return {
    personal,
    clientId,
    clientSecret: `sim_secret_${digits(seed, 2)}`,
    setExpiresIn: grants.setExpiresIn,
    authorize: codes.issue,
    exchange(request) {
      const scope = codes.redeem(request)
      return scope === undefined ? undefined : grants.begin(scope)
    },
    refresh: grants.renew,
    bearer(token) {
      if (token === personal) return { kind: 'personal', app: 'personal', allows: () => true, expire() {} }
      const grant = grants.withAccess(token)
      return grant && { kind: 'oauth', app: clientId, ...grant }
    },
  }
}

type Request = { redirectUri: string; scope: string }

/** Authorization codes: each is good once and for a short time. */
function openCodes(store: Store, judgments: Judgments) {
  const codes = new Map<string, Request & { until: number }>()
  return {
    issue: (request: Request): string => {
      const code = `code_${opaque(store)}`
      codes.set(code, { ...request, until: store.now().getTime() + judgments.oauthCodeSeconds * 1000 })
      return code
    },
    /** The scope that was authorized. */
    redeem: ({ code, redirectUri }: { code: string; redirectUri: string }): string | undefined => {
      const issued = codes.get(code)
      codes.delete(code)
      const good = issued?.redirectUri === redirectUri && issued.until >= store.now().getTime()
      return good ? issued.scope : undefined
    },
  }
}

/** Grants live in the store, so that a journal keeps them. A grant has one access and one refresh token at a time. */
function openGrants(store: Store, judgments: Judgments) {
  const grants = new Map<string, Row>()
  let expiresIn = 86_400

  for (const row of store.list('oauth_grants', { after: 0, limit: Infinity, deleted: true })) grants.set(row.id, row)
  store.onChange(({ collection, row }) => void (collection === 'oauth_grants' && grants.set(row.id, row)))

  const find = (field: string, value: string) => [...grants.values()].find((row) => row[field] === value)
  const give = (id: string, scope: string, refreshToken: string): Grant => {
    const expiresAt = store.now().getTime() + expiresIn * 1000
    const accessToken = `lsxs_at_sim_${opaque(store)}`
    store.put('oauth_grants', {
      id,
      scope,
      expires_at: expiresAt,
      access_token: accessToken,
      refresh_token: refreshToken,
    })
    return { accessToken, refreshToken, expiresAt, scope }
  }

  return {
    setExpiresIn: (seconds: number): void => void (expiresIn = seconds),
    begin: (scope: string): Grant => give(store.newId(), scope, `lsxs_rt_sim_${opaque(store)}`),
    renew: (refreshToken: string): Grant | undefined => {
      const row = find('refresh_token', refreshToken)
      if (!row) return undefined
      if (judgments.refreshRotates) return give(row.id, String(row['scope']), `lsxs_rt_sim_${opaque(store)}`)
      return { ...give(row.id, String(row['scope']), refreshToken), refreshToken: undefined }
    },
    withAccess: (token: string): Pick<Bearer, 'allows' | 'expire'> | undefined => {
      const row = find('access_token', token)
      if (!row || Number(row['expires_at']) <= store.now().getTime()) return undefined
      const scopes = new Set(String(row['scope']).split(' '))
      return {
        allows: (scope) => scopes.has(scope) || (judgments.noScopeAllowsAll && row['scope'] === ''),
        expire: () => void store.put('oauth_grants', { ...row, expires_at: 0 }),
      }
    },
  }
}

const digits = (seed: number, stream: number): string =>
  [0, 1, 2, 3]
    .map((part) =>
      hash(seed, 5000 + stream, part)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')

const opaque = (store: Store): string => store.newId().replaceAll('-', '')
