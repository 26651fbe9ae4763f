/** What the token endpoint gives. */
export type Tokens = {
  accessToken: string
  /** Null in old answers: then the one that was used stays good. */
  refreshToken: string | null
  expiresAt: Date
  scope: string | null
  domainPrefix: string | null
}

/** All that Consign reads and writes; Lightspeed asks the shopkeeper for each. */
const scopes = [
  'products:read',
  'products:read:costs',
  'products:read:price_books',
  'inventory:read',
  'inventory:write',
  'outlets:read',
  'registers:read',
  'suppliers:read',
  'consignments:read',
  'consignments:write:stock_order',
  'consignments:write:stock_transfer',
  'consignments:write:inventory_count',
  'sales:read',
  'customers:read',
  'taxes:read',
  'users:read',
  'payment_types:read',
  'retailer:read',
  'webhooks',
]

const signInOrigin = 'https://secure.retail.lightspeed.app'
const refreshAheadMs = 30_000
const documentedLifeMs = 86_400_000

type Journey = { baseUrl: string | undefined; clientId: string; redirectUri: string; state: string }

/** Where the shopkeeper goes to let Consign in. */
export function authorizeUrl({ baseUrl, clientId, redirectUri, state }: Journey): string {
  const url = new URL(`${baseUrl ?? signInOrigin}/connect`)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    scope: scopes.join(' '),
  }).toString()
  return url.href
}

/** Only what can be the first part of a host name, so that no other host can be smuggled in. */
export function isDomainPrefix(text: string): boolean {
  return /^[a-z0-9-]{1,63}$/.test(text)
}

/** Where a shop's API lies. Throws a TypeError if the prefix is none. */
export function originOf(domainPrefix: string, baseUrl: string | undefined): string {
  if (!isDomainPrefix(domainPrefix)) throw new TypeError('Not a domain prefix of Lightspeed')
  return baseUrl ?? `https://${domainPrefix}.retail.lightspeed.app`
}

/** Reads the token endpoint's answer; undefined if it is none. The life in seconds counts before the date: clocks differ. */
export function readTokens(body: unknown, now: Date): Tokens | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const answer = new Map(Object.entries(body))
  const accessToken = textOr(answer.get('access_token'), null)
  if (accessToken === null) return undefined
  const domainPrefix = textOr(answer.get('domain_prefix'), null)
  return {
    accessToken,
    refreshToken: textOr(answer.get('refresh_token'), null),
    expiresAt: expiryIn(answer, now),
    scope: textOr(answer.get('scope'), null),
    domainPrefix: domainPrefix !== null && isDomainPrefix(domainPrefix) ? domainPrefix : null,
  }
}

/** Whether a token is better renewed before it is used. */
export function isStale(expiresAt: Date, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() < refreshAheadMs
}

function expiryIn(answer: Map<string, unknown>, now: Date): Date {
  const seconds = Number(answer.get('expires_in') ?? Number.NaN)
  if (seconds > 0) return new Date(now.getTime() + seconds * 1000)
  const at = Number(answer.get('expires') ?? Number.NaN) * 1000
  return at > now.getTime() ? new Date(at) : new Date(now.getTime() + documentedLifeMs)
}

function textOr<Other>(value: unknown, other: Other): string | Other {
  return typeof value === 'string' && value !== '' ? value : other
}
