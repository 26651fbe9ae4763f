import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSim } from '#sim/server.ts'
import { startConsign } from '#test/process.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { openWorld } from '#test/world.ts'

const scale = 'tiny:customers=4000,sales=3000'
const pageSizeCap = 100

test('a server killed again and again in the middle of its first sync loses nothing and doubles nothing', async () => {
  await using world = await openWorld()
  await using sim = await openSim({ scale, pageSizeCap, rateLimit: 'off' })
  using folder = newFolder()
  const settings = settingsFor(folder.path, sim, { DATABASE_URL: world.databaseUrl })
  sim.trouble({ kind: 'slow', ms: 15 })
  const kills = 4
  for (let kill = 0; kill < kills; kill += 1) {
    await using consign = startConsign(['start'], settings)
    await pagesServed(sim, 1 + Math.ceil(Math.random() * 12))
    await consign.end('SIGKILL')
  }
  sim.clearTrouble()
  await using consign = startConsign(['start'], settings)
  await untilReady(consign)
  assert.deepEqual(await mirrorOf(world.db), truthOf(sim))
  const counters = await world.db
    .selectFrom('sync_state')
    .select(['entity', 'row_count'])
    .where('entity', '=', 'customers')
    .executeTakeFirstOrThrow()
  assert.equal(counters.row_count, customersOf(sim))
  assert.ok(
    pagesOf(sim) <= pagesNeeded + kills * 2 * pagesAhead,
    `${pagesOf(sim)} pages: some were read again that had been stored`,
  )
  assert.equal(await consign.end('SIGTERM'), 0)
})

test('with its own database too, a killed server finds all again, and Ctrl-C leaves nothing running', async () => {
  await using sim = await openSim({ scale, pageSizeCap, rateLimit: 'off' })
  using folder = newFolder()
  const settings = settingsFor(folder.path, sim, {})
  const slow = sim.trouble({ kind: 'slow', ms: 15 })
  await using killed = startConsign(['start'], settings)
  await pagesServed(sim, 10)
  await killed.end('SIGKILL')
  slow.clear()
  await using consign = startConsign(['start'], settings)
  await untilReady(consign)
  await using shown = startConsign(['audit', 'sync-status', '--json'], settings)
  assert.equal(await shown.exited, 0)
  assert.match(shown.printed(), new RegExp(`"entity": ?"customers",\\s*"rows": ?${customersOf(sim)}`))
  await using second = startConsign(['start'], settings)
  assert.equal(await second.exited, 3)
  assert.match(second.printed(), /already runs on this data folder at http:\/\/localhost:\d+ \(process \d+\)/)
  assert.equal(await consign.end('SIGINT'), 0)
  await using after = startConsign(['health', 'database', '--json'], settings)
  assert.equal(await after.exited, 0)
})

/** Waits until the simulator has been asked for so many more pages. */
async function pagesServed(sim: Sim, more: number) {
  const goal = pagesOf(sim) + more
  for (let tries = 0; tries < 1200 && pagesOf(sim) < goal; tries += 1) await sleep(10)
  assert.ok(pagesOf(sim) >= goal, 'the sync did not begin')
}

async function untilReady(consign: ReturnType<typeof startConsign>) {
  for (let tries = 0; tries < 600 && !consign.printed().includes('Ready'); tries += 1) await sleep(50)
  assert.match(consign.printed(), /Ready/)
}

type Sim = Awaited<ReturnType<typeof openSim>>

/** 40 pages of customers and 30 of sales, and an empty one behind each. */
const pagesNeeded = 72
/** Fetched while the last one was stored, and lost with the process. */
const pagesAhead = 4

function pagesOf({ requests }: Sim): number {
  return requests.filter(({ path }) => /\/(customers|sales)\?/.test(path)).length
}

function customersOf({ store }: Sim): number {
  return store.list('customers', { after: 0, limit: 1_000_000, deleted: true }).length
}

function settingsFor(dataDir: string, sim: Sim, more: Record<string, string>) {
  return {
    CONSIGN_DATA_DIR: dataDir,
    PORT: '0',
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_TOKEN: sim.token,
    SYNC_EVERY_SECONDS: '0',
    ...more,
  }
}

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-kill-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
