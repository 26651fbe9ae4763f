import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Log } from '../ops/log.ts'
import type { Tally } from '../ops/tally.ts'
import { openBreaker } from './breaker.ts'
import { openBudget } from './budget.ts'
import { openCallLog } from './call-log.ts'
import { openLightspeed, type Lightspeed, type LogLine } from './client.ts'
import { oauthCredentials, personalToken, type Credentials } from './credentials.ts'
import { endpoints } from './endpoints.ts'
import { identityOf } from './identity.actions.ts'
import type { CheckOptions, LightspeedLink, LinkCheck, LinkDescription } from './link.ts'
import { originOf } from './oauth.rules.ts'
import { findConnection } from './oauth.store.ts'
import type { OAuth } from './oauth.ts'
import { sealingKey } from './seal.ts'
import { startSimulator } from './simulator.ts'

export type LinkParts = { config: Config; database: Database; log: Log; tally: Tally; secretKey: string }

type Way = {
  credentials: Credentials
  describe: () => Promise<LinkDescription>
  oauth: OAuth | null
  clientSecret?: string
  close: () => Promise<void>
}

/** Links Consign to the retailer that the settings name, or to a simulated one when they name none. */
export async function openLink(parts: LinkParts): Promise<LightspeedLink & AsyncDisposable> {
  const { config, database, log, tally } = parts
  const way = await wayTo(parts)
  const ofRetailer = { db: database.db, retailer: identityOf(config.lightspeed) }
  const budget = openBudget(ofRetailer)
  const breaker = openBreaker(ofRetailer)
  const calls = openCallLog({ db: database.db, log })
  const noteCall = (line: LogLine) => {
    log.debug(line, 'Lightspeed')
    calls.add(line)
    const status = String(line.status ?? line.failure)
    tally.add('lightspeed_calls_total', status)
    tally.add('lightspeed_call_milliseconds_total', status, line.ms)
  }
  const client = openLightspeed({ credentials: way.credentials, budget, breaker, log: noteCall })
  let last: { at: number; check: Promise<LinkCheck> } | undefined
  const check = ({ fresh = false, correlationId = 'health' }: CheckOptions = {}) => {
    if (fresh || !last || Date.now() - last.at > rememberedMs)
      last = { at: Date.now(), check: askWhetherWell(client.causedBy(correlationId)) }
    return last.check
  }
  const close = async () => {
    await calls[Symbol.asyncDispose]()
    await way.close()
  }
  const { describe, oauth, clientSecret = null } = way
  return { client, breaker, describe, check, oauth, clientSecret, [Symbol.asyncDispose]: close }
}

const rememberedMs = 30_000

function wayTo(parts: LinkParts): Promise<Way> | Way {
  const { lightspeed } = parts.config
  if (lightspeed.kind === 'simulator') return wayToSimulator(parts, lightspeed)
  if (lightspeed.kind === 'oauth') return wayByOAuth(parts, lightspeed)
  const { origin, token, domainPrefix = null } = lightspeed
  return {
    credentials: personalToken({ origin, token }),
    describe: async () => ({ kind: 'token', origin, domainPrefix, state: 'connected', connectPath: null }),
    oauth: null,
    close: async () => {},
  }
}

async function wayToSimulator(
  { config }: LinkParts,
  settings: Extract<Config['lightspeed'], { kind: 'simulator' }>,
): Promise<Way> {
  const { seed, scale } = settings
  const journal = join(config.dataDir, `simulator-${seed}-${scale.replaceAll(/[^\w-]/g, '_')}.jsonl`)
  const { origin, token, clientSecret, stop } = await startSimulator({ ...settings, journal })
  return {
    credentials: personalToken({ origin, token }),
    describe: async () => ({ kind: 'simulator', origin, domainPrefix: null, state: 'connected', connectPath: null }),
    oauth: null,
    clientSecret,
    close: stop,
  }
}

function wayByOAuth(
  { database: { db }, secretKey }: LinkParts,
  settings: Extract<Config['lightspeed'], { kind: 'oauth' }>,
): Way {
  const { clientId, clientSecret, origin: baseUrl, domainPrefix } = settings
  const oauth: OAuth = { db, app: { clientId, clientSecret }, key: sealingKey(secretKey), baseUrl, domainPrefix }
  const describe = async (): Promise<LinkDescription> => {
    const stored = await findConnection(db)
    const prefix = stored?.domain_prefix ?? domainPrefix ?? null
    const state = stored ? (stored.state === 'connected' ? 'connected' : 'needs_reconnect') : 'not_connected'
    const origin = prefix === null ? (baseUrl ?? null) : originOf(prefix, baseUrl)
    return { kind: 'oauth', origin, domainPrefix: prefix, state, connectPath: '/lightspeed/connect' }
  }
  return { credentials: oauthCredentials(oauth), describe, oauth, close: async () => {} }
}

const retailer = z.object({ name: z.string() })

/** One request that needs the token, and the shop's name where Lightspeed tells it. */
async function askWhetherWell(client: Lightspeed): Promise<LinkCheck> {
  const started = performance.now()
  const { records } = await client.list(endpoints.outlets, { pageSize: 200, deleted: false, priority: 'person' })
  const ms = Math.round(performance.now() - started)
  const said = await client.get(endpoints.retailer, {}, { priority: 'person' }).catch(() => undefined)
  const named = retailer.safeParse(said)
  return { ms, outlets: records.length, retailer: named.success ? named.data.name : null }
}
