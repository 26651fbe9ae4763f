import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSim } from '#sim/server.ts'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { startConsign } from '#test/process.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'

test('the database goes away in the middle of a sync and comes back: the sync waits, and ends whole', async () => {
  using folder = newFolder()
  using data = newFolder()
  await using sim = await openSim({ scale: 'tiny:customers=4000,sales=3000', pageSizeCap: 100, rateLimit: 'off' })
  const first = await startEmbeddedPostgres(data.path, { throwaway: true })
  await using consign = startConsign(['start'], {
    CONSIGN_DATA_DIR: folder.path,
    DATABASE_URL: first.url,
    PORT: '0',
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_TOKEN: sim.token,
    SYNC_EVERY_SECONDS: '0',
  })
  sim.trouble({ kind: 'slow', ms: 20 })
  const url = await consign.url()
  for (let tries = 0; tries < 600 && sim.requests.length < 30; tries += 1) await sleep(10)
  await first.stop()
  await sleep(1500)
  assert.equal((await fetch(`${url}/health/live`).catch(() => ({ status: consign.printed() }))).status, 200)
  assert.equal((await fetch(`${url}/health/ready`)).status, 503)
  const second = await startEmbeddedPostgres(data.path, { throwaway: true })
  assert.equal(second.url, first.url)
  await using database = openDatabase(second.url)
  for (let tries = 0; tries < 600 && !(await isDone(database)); tries += 1) await sleep(50)
  assert.deepEqual(await mirrorOf(database.db), truthOf(sim))
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  assert.equal(await consign.end('SIGTERM'), 0)
  await second.stop()
})

async function isDone({ db }: ReturnType<typeof openDatabase>): Promise<boolean> {
  const run = await db.selectFrom('sync_run').select('state').executeTakeFirst()
  return run?.state === 'done'
}

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-gone-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
