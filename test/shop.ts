import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hc } from 'hono/client'
import { openSim } from '#sim/server.ts'
import { readConfig } from '#src/config.ts'
import type { Api } from '#src/http/app.ts'
import { openHouse } from '#src/main.ts'
import { serveHouse } from '#src/serve.ts'
import { openWorld } from './world.ts'

export type ShopOptions = {
  /** Settings that differ from a test's usual ones. */
  env?: Record<string, string>
  scale?: string
  /** Listens on a port of 127.0.0.1 too. */
  serve?: boolean
}

export const adminToken = 'the-administrator-of-the-tests'

/** What every test's shop is set to: nothing by the clock, nobody turned away for asking much. */
const usual = {
  CONSIGN_ADMIN_TOKEN: adminToken,
  PORT: '0',
  LOG_LEVEL: 'silent',
  SYNC_EVERY_SECONDS: '0',
  RATE_LIMIT_ADDRESS: '1000000',
  RATE_LIMIT_TOKEN: '1000000',
}

/** A world with a simulated retailer and Consign itself, opened: `api` comes in by the same door as everyone. */
export async function openShop({ env = {}, scale = 'tiny', serve = false }: ShopOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await openWorld())
  const sim = stack.use(await openSim({ scale, seed: 1 }))
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-shop-'))
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const settings = {
    ...usual,
    CONSIGN_DATA_DIR: dataDir,
    DATABASE_URL: world.databaseUrl,
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_TOKEN: sim.token,
    ...env,
  }
  const config = readConfig(settings)
  const served = serve ? stack.use(await serveHouse(config, () => {})) : undefined
  const { app, house } = served ? served.opened : stack.use(await openHouse(config, () => {}))
  const api = hc<Api>('http://shop.test', {
    headers: { authorization: `Bearer ${adminToken}` },
    fetch: async (input: string | URL | Request, init?: RequestInit) => app.request(input, init),
  })
  const closing = stack.move()
  const close = () => closing.disposeAsync()
  const shop = {
    ...world,
    sim,
    app,
    house,
    api,
    settings,
    dataDir,
    url: served?.url ?? '',
    [Symbol.asyncDispose]: close,
  }
  return {
    ...shop,
    sync: (...entities: string[]) => syncAndWait(api, { entities }),
    /** Somebody works in Lightspeed itself. */
    ask: (method: string, path: string, body?: object) =>
      fetch(`${sim.url}/api/2.0${path}`, {
        method,
        headers: { authorization: `Bearer ${sim.token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    syncFull: (...entities: string[]) => syncAndWait(api, { entities, full: true }),
  }
}

type Client = ReturnType<typeof hc<Api>>
type RunRequest = {
  entities?: string[]
  full?: boolean
  since?: string | undefined
  until?: string | undefined
  limit?: number
  outlet?: string
  product?: string
  status?: string
}

/** Asks for a sync and waits until it is over. */
export async function syncAndWait(api: Client, request: RunRequest) {
  const asked = await api.api.v1.sync.runs.$post({ json: request })
  const { id } = await asked.json()
  for (;;) {
    const answer = await api.api.v1.sync.runs[':id'].$get({ param: { id } })
    const run = answer.ok ? await answer.json() : undefined
    if (run && run.finishedAt !== null) return run
    await sleep(20)
  }
}
