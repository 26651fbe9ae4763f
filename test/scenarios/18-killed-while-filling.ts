import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openSim } from '#sim/server.ts'
import { startConsign } from '#test/process.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { until } from '#test/workers.ts'
import { openWorld } from '#test/world.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const pageSizeCap = 50

export const killedWhileFilling: Scenario = {
  number: 18,
  fault: 'the first sync is killed after a fetch, in the middle of storing, before a commit and after one',
  promise: 'the mirror ends up row for row as if nothing had been, and nothing that was stored is asked for again',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using world = await openWorld()
    await using sim = await openSim({ scale: 'tiny:customers=1500,sales=1000', pageSizeCap, rateLimit: 'off' })
    using folder = newFolder()
    const settings = {
      CONSIGN_DATA_DIR: folder.path,
      DATABASE_URL: world.databaseUrl,
      PORT: '0',
      LIGHTSPEED_BASE_URL: sim.url,
      LIGHTSPEED_TOKEN: sim.token,
      SYNC_EVERY_SECONDS: '0',
    }
    const asked = () => sim.requests.filter(({ path }) => /\/(customers|sales)\?/.test(path)).length
    sim.trouble({ kind: 'slow', ms: 10 })
    const moments = ['fetched', 'storing', 'committed'].toSorted(() => chance() - 0.5)
    const laws: (() => void)[] = []
    const kills = length === 'short' ? moments.slice(0, 2) : [...moments, ...moments]
    for (const moment of kills) {
      await using consign = startConsign(['start'], settings)
      await momentOf(world, { moment, asked, pages: 1 + Math.floor(chance() * 8) })
      await consign.end('SIGKILL')
      laws.push(await goesOnFrom(world, sim))
    }
    sim.clearTrouble()
    await using consign = startConsign(['start'], settings)
    await until(() => consign.printed().includes('Ready'), 60_000)
    assert.deepEqual(await mirrorOf(world.db), truthOf(sim))
    for (const holds of laws) holds()
    assert.equal(await consign.end('SIGTERM'), 0)
  },
}

type World = Awaited<ReturnType<typeof openWorld>>
type Sim = Awaited<ReturnType<typeof openSim>>
type Wish = { moment: string; asked: () => number; pages: number }

/** What is asked for from now on lies behind what is stored now. */
async function goesOnFrom({ db }: World, { requests }: Sim) {
  const heard = requests.length
  const stored = await db
    .selectFrom('sync_state')
    .select(['entity', 'cursor'])
    .where('entity', 'in', ['customers', 'sales'])
    .execute()
  return () => {
    const later = requests.slice(heard).map(({ path }) => new URL(path, 'http://sim'))
    for (const { entity, cursor } of stored) {
      const asked = later.filter(({ pathname }) => pathname.endsWith(`/${entity}`))
      const places = asked.map(({ searchParams }) => Number(searchParams.get('after')))
      assert.ok(places.length > 0, `${entity} was not read to its end`)
      assert.ok(Math.min(...places) >= cursor, `${entity}: ${Math.min(...places)} after ${cursor} was stored`)
    }
  }
}

/** Waits for so many pages more, and then for the step of storing that the kill is meant for. */
async function momentOf({ db, pool }: World, { moment, asked, pages }: Wish) {
  const goal = asked() + pages
  await until(() => asked() >= goal, 60_000)
  if (moment === 'fetched') return
  const cursors = async () =>
    JSON.stringify(await db.selectFrom('sync_state').select(['entity', 'cursor']).orderBy('entity').execute())
  if (moment === 'committed') {
    const before = await cursors()
    return until(async () => (await cursors()) !== before, 5_000).catch(() => {})
  }
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table sync_state in share mode')
    await until(async () => {
      const { rows } =
        await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          db,
        )
      return rows.length > 0
    }, 5_000).catch(() => {})
  } finally {
    await client.query('rollback')
    client.release()
  }
}

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-filling-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
