import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'
import { startConsign } from '#test/process.ts'
import { openWorld } from '#test/world.ts'
import { until } from '#test/workers.ts'

test('the server leaves the work to a worker of its own, which ends in order', async () => {
  await using world = await openWorld()
  await using sim = await openSim({ scale: 'tiny', rateLimit: 'off' })
  using folder = newFolder()
  const settings = {
    CONSIGN_DATA_DIR: folder.path,
    DATABASE_URL: world.databaseUrl,
    PORT: '0',
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_TOKEN: sim.token,
    SYNC_EVERY_SECONDS: '1',
  }
  await using server = startConsign(['server'], settings)
  await server.url()
  const runs = () => world.db.selectFrom('sync_run').select('state').execute()
  await until(() => /Ready/.test(server.printed()))
  assert.deepEqual(await runs(), [])
  await using worker = startConsign(['worker', '--workers', '2'], settings)
  await until(async () => (await runs()).some(({ state }) => state === 'done'), 60_000)
  const { slots } = await world.db.selectFrom('worker').select('slots').executeTakeFirstOrThrow()
  assert.equal(slots, 2)
  assert.equal(await worker.end('SIGTERM'), 0)
  assert.deepEqual(await world.db.selectFrom('worker').selectAll().execute(), [])
  assert.equal(await server.end('SIGTERM'), 0)
})

test('a worker that has nobody to work for says what is missing', async () => {
  using folder = newFolder()
  const alone = { CONSIGN_DATA_DIR: folder.path }
  const lightspeed = { LIGHTSPEED_BASE_URL: 'http://127.0.0.1:1', LIGHTSPEED_TOKEN: 'token' }
  for (const [settings, cure] of [
    [alone, /consign start/],
    [{ ...alone, ...lightspeed }, /start `consign server` first, or set DATABASE_URL/],
  ] as const) {
    await using worker = startConsign(['worker'], settings)
    assert.equal(await worker.exited, 2)
    assert.match(worker.printed(), cure)
  }
})

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-apart-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
