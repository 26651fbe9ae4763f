import { createHash, randomBytes } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import { must, type Actor } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { authorizeUrl, isDomainPrefix, originOf } from './oauth.rules.ts'
import {
  findConnection,
  lockConnection,
  noteAuthorization,
  saveConnection,
  takeAuthorization,
  type Journey,
  type StoredTokens,
} from './oauth.store.ts'
import { sealTokens, timeOf, type OAuth } from './oauth.ts'
import { askForTokens } from './token-endpoint.ts'

/** What Lightspeed adds to our address when it sends somebody back: `code`, or `error`. */
export type Callback = {
  code?: string | undefined
  state?: string | undefined
  domain_prefix?: string | undefined
  error?: string | undefined
}

const awayForMs = 10 * 60_000

/** Sends a person to Lightspeed, to let Consign in. The way back is good for ten minutes, and once. */
export async function beginConnection(oauth: OAuth, actor: Actor, redirectUri: string): Promise<{ url: string }> {
  must(actor, 'lightspeed:connect')
  const state = randomBytes(32).toString('base64url')
  await noteAuthorization(oauth.db, { stateHash: hashOf(state), redirectUri, actor: actor.id, goodForMs: awayForMs })
  return { url: authorizeUrl({ baseUrl: oauth.baseUrl, clientId: oauth.app.clientId, redirectUri, state }) }
}

/**
 * The person is back, and the code becomes tokens. No actor is asked for: the state, which only somebody with the right
 * could get, proves that the journey began here. Throws a Refusal that says how to go on.
 */
export async function finishConnection(
  oauth: OAuth,
  callback: Callback,
  correlationId: string,
): Promise<{ domainPrefix: string }> {
  const begun = await takeAuthorization(oauth.db, hashOf(callback.state ?? ''))
  if (!begun) {
    throw refusal('state_unknown', 'This way back from Lightspeed was used already, is too old, or did not begin here')
  }
  const { code, domain_prefix: domainPrefix = '', error = 'no reason given' } = callback
  if (!code) throw refusal('connection_denied', `Lightspeed did not let Consign in (${error})`)
  if (!isDomainPrefix(domainPrefix)) throw refusal('domain_prefix_wrong', 'Lightspeed named something that is no shop')
  await keepToOneShop(oauth, domainPrefix)
  await exchangeCode(oauth, { ...begun, code, domainPrefix, correlationId })
  return { domainPrefix }
}

type Arrival = Journey & { code: string; domainPrefix: string; correlationId: string }

async function exchangeCode(oauth: OAuth, arrival: Arrival) {
  const { code, domainPrefix, redirectUri } = arrival
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri } as const
  const granted = await askForTokens(originOf(domainPrefix, oauth.baseUrl), oauth.app, grant, timeOf(oauth))
  if ('refused' in granted) throw refusal('code_refused', `Lightspeed did not accept the way back (${granted.refused})`)
  const { tokens } = granted
  const isForShop = tokens.domainPrefix === null || tokens.domainPrefix === domainPrefix
  if (!isForShop || tokens.refreshToken === null) {
    throw refusal('tokens_incomplete', 'Lightspeed’s tokens are incomplete, or for another shop')
  }
  await keepConnection(oauth, arrival, sealTokens(oauth, tokens, tokens.refreshToken))
}

async function keepConnection({ db }: OAuth, { domainPrefix, actor, correlationId }: Arrival, tokens: StoredTokens) {
  await db.transaction().execute(async (tx) => {
    const known = await lockConnection(tx)
    await saveConnection(tx, domainPrefix, tokens)
    const before = known ? { state: known.state, problem: known.problem } : null
    const after = { state: 'connected', scope: tokens.scope }
    const what = { action: 'lightspeed.connected', entity: 'lightspeed_connection', entityId: domainPrefix }
    await record(tx, { ...what, actor, correlationId, before, after })
  })
}

/** Another shop's records among this one's could never be told apart again. */
async function keepToOneShop({ db, domainPrefix: allowed }: OAuth, domainPrefix: string) {
  const shop = allowed ?? (await findConnection(db))?.domain_prefix ?? domainPrefix
  if (shop === domainPrefix) return
  throw new Refusal(
    'conflict',
    'other_retailer',
    `Consign mirrors the shop ${shop}, but ${domainPrefix} was connected: sign in to Lightspeed as ${shop}, or give the other shop a database of its own.`,
    { known: shop, connected: domainPrefix },
  )
}

function refusal(code: string, message: string): Refusal {
  return new Refusal('not_valid', code, `${message}. Connect again.`)
}

function hashOf(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}
