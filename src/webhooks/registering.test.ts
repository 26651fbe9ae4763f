import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#src/config.ts'
import { serveHouse } from '#src/serve.ts'
import { adminToken } from '#test/shop.ts'
import { openHookedShop, storedEvents } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'
import { openWorld } from '#test/world.ts'
import { webhooksEndpoint } from '../lightspeed/endpoints.ts'

type Hook = { id: string; type: string; url: string; active: boolean }

const isHook = (value: unknown): value is Hook => typeof value === 'object' && value !== null && 'url' in value

async function hooksOf(sim: { url: string; token: string }): Promise<Hook[]> {
  const headers = { authorization: `Bearer ${sim.token}` }
  const answer: unknown = await (await fetch(`${sim.url}/api/2.0/webhooks`, { headers })).json()
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : []
  return Array.isArray(data) ? data.filter(isHook) : []
}

test('a webhook that somebody removed at Lightspeed is asked for again at the next start', async () => {
  await using shop = await openHookedShop()
  const [first, second] = await hooksOf(shop.sim)
  const at = (hook: Hook | undefined) => `${shop.sim.url}/api/2.0/webhooks/${hook?.id ?? ''}`
  const headers = { authorization: `Bearer ${shop.sim.token}`, 'content-type': 'application/json' }
  await fetch(at(first), { method: 'DELETE', headers })
  await fetch(at(second), { method: 'PUT', headers, body: JSON.stringify({ ...second, active: false }) })
  assert.equal((await hooksOf(shop.sim)).length, 6)
  const elsewhere = { ...shop.settings, CONSIGN_DATA_DIR: `${shop.dataDir}/again` }
  await using again = await serveHouse(readConfig(elsewhere), () => {}, { works: false })
  assert.notEqual(again.url, shop.url)
  await until(async () => (await hooksOf(shop.sim)).filter(({ active }) => active).length === 7)
  assert.ok((await hooksOf(shop.sim)).every(({ url }) => url.startsWith(`${shop.url}/webhooks/lightspeed/`)))
})

test('the simulated retailer tells the server beside it what changes, without being asked', async () => {
  await using world = await openWorld()
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-hooked-'))
  const env = { CONSIGN_DATA_DIR: dataDir, DATABASE_URL: world.databaseUrl, SIM_SCALE: 'tiny', PORT: '0' }
  const quiet = { LOG_LEVEL: 'silent', SYNC_EVERY_SECONDS: '0', CONSIGN_ADMIN_TOKEN: adminToken }
  try {
    await using served = await serveHouse(readConfig({ ...env, ...quiet }), () => {})
    const link = served.opened.house.lightspeed
    await until(async () => (await link.client.list(webhooksEndpoint)).records.length === 7)
    await fetch(`${(await link.describe()).origin ?? ''}/sim/trade`, { method: 'POST', body: '{"sales":1}' })
    await until(async () =>
      (await storedEvents(world)).some(({ type, is_signed }) => type === 'sale.update' && is_signed),
    )
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
