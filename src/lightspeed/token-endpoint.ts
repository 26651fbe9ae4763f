import { Refusal } from '../kernel/refusal.ts'
import { readComplaint } from './error-body.rules.ts'
import { kindOfStatus, LightspeedError } from './errors.rules.ts'
import { exchange, type Limits } from './exchange.ts'
import { readTokens, type Tokens } from './oauth.rules.ts'
import { userAgent } from './user-agent.ts'

/** The OAuth app that Lightspeed knows us as. */
export type OAuthApp = { clientId: string; clientSecret: string }

export type Grant =
  | { grant_type: 'authorization_code'; code: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** What the token endpoint said: tokens, or why it does not take the code or the refresh token. */
export type Granted = { tokens: Tokens } | { refused: string }

const path = '/api/1.0/token'
const limits: Limits = { bodyTimeoutMs: 15_000, maxBodyBytes: 256 * 1024 }

/**
 * Asks for tokens, once. Throws a Refusal when the app itself is not known, and a LightspeedError for all that may pass.
 */
export async function askForTokens(origin: string, app: OAuthApp, grant: Grant, now: Date): Promise<Granted> {
  const form = new URLSearchParams({ ...grant, client_id: app.clientId, client_secret: app.clientSecret })
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': userAgent,
  }
  const asked = { method: 'POST', origin, path }
  const { status, bytes } = await exchange({ ...asked, query: '', headers, body: form.toString() }, limits)
  const text = new TextDecoder().decode(bytes)
  if (status >= 200 && status < 300) {
    const tokens = readTokens(tryJson(text), now)
    if (tokens) return { tokens }
    throw new LightspeedError('not_json', { ...asked, status, because: 'there are no tokens in it' })
  }
  const complaint = readComplaint(text)
  if (![400, 401, 403].includes(status))
    throw new LightspeedError(kindOfStatus(status), { ...asked, status, complaint })
  if (/invalid_client|unauthorized_client/.test(text)) throw unknownApp(complaint.message)
  return { refused: complaint.message ?? `status ${status}` }
}

function unknownApp(said: string | null): Refusal {
  return new Refusal(
    'misconfigured',
    'lightspeed_app_unknown',
    `Lightspeed does not know this app (${said ?? 'no reason given'}): check LIGHTSPEED_CLIENT_ID and LIGHTSPEED_CLIENT_SECRET.`,
  )
}

function tryJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
