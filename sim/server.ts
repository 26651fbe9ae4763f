import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { buildApp, type Parts } from './app.ts'
import { openDelays } from './delays.ts'
import { openJournal } from './journal.ts'
import { judged, judgments as defaults, type Judgments } from './judgments.ts'
import { openRateLimit, type RateLimit } from './rate-limit.ts'
import type { RequestLog } from './request-log.ts'
import { readScale, type Scale } from './scale.ts'
import { openSeed } from './seed/seed.ts'
import { openStore, type Store } from './store.ts'
import { openTokens } from './tokens.ts'
import { openTrouble, type Fault, type Trouble } from './trouble.ts'

export type SimOptions = {
  /** 0: any free port. */
  port?: number
  host?: string
  seed?: number
  /** A name, a name and changes (`shop:sales=0`), or sizes. */
  scale?: string | Scale
  /** A file that keeps what was changed. */
  journal?: string | undefined
  judgments?: Partial<Judgments>
  now?: () => Date
  pageSizeCap?: number
  rateLimit?: RateLimit | undefined
  /** Keep the pages of lists as bytes, so that serving them again costs nothing. */
  prepared?: boolean
}

export type Sim = {
  url: string
  token: string
  clientId: string
  clientSecret: string
  domainPrefix: string
  store: Store
  trouble(fault: Fault): ReturnType<Trouble['add']>
  clearTrouble(): void
  requests: RequestLog
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a simulated retailer. Throws an Error that says what is wrong with the options. */
export async function openSim(options: SimOptions = {}): Promise<Sim> {
  const delays = openDelays()
  const parts = openParts(options, (ms, work) => delays.after(ms, work))
  const { context, store, tokens, requests } = parts
  const server = createServer(getRequestListener(buildApp(parts).fetch))
  const url = await listening(server, options).catch((error: unknown) => {
    store.close()
    throw error
  })

  return {
    url,
    token: tokens.personal,
    clientId: tokens.clientId,
    clientSecret: tokens.clientSecret,
    domainPrefix: context.domainPrefix,
    store,
    trouble: (fault) => context.trouble.add(fault),
    clearTrouble: () => context.trouble.clear(),
    requests,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await delays.close()
      store.close()
    },
  }
}

function openParts(options: SimOptions, afterDelay: Parts['context']['afterDelay']): Parts {
  const { seed = 1, scale: wished = 'shop', now = () => new Date(), pageSizeCap, prepared = false } = options
  const scale = typeof wished === 'string' ? readScale(wished) : wished
  const judgments = judged(defaults, { ...options.judgments, ...(pageSizeCap === undefined ? {} : { pageSizeCap }) })
  const journal = options.journal === undefined ? undefined : openJournal(options.journal, { seed, scale: scale.name })
  const store = openStore({ seed: openSeed(seed, scale), journal, now })
  const tokens = openTokens(store, seed, judgments)
  const { clientSecret } = tokens
  return {
    context: { store, judgments, trouble: openTrouble(), clientSecret, domainPrefix: `simulated-${seed}`, afterDelay },
    store,
    tokens,
    requests: [],
    quota: openRateLimit(store, judgments, options.rateLimit),
    identity: { seed, scale: scale.name },
    prepared,
  }
}

async function listening(
  server: ReturnType<typeof createServer>,
  { port = 0, host = '127.0.0.1' }: SimOptions,
): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const chosen = typeof address === 'object' && address ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`
}
