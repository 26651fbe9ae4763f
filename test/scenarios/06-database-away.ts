import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSim } from '#sim/server.ts'
import { openDatabase } from '#src/db/database.ts'
import { openFolder } from '#test/folder.ts'
import { openOwnPostgres } from '#test/own-postgres.ts'
import { startConsign } from '#test/process.ts'
import { envelope, envelopeSecret, signed, storedEvents } from '#test/webhooks.ts'
import { rescueAll, until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const databaseAway: Scenario = {
  number: 6,
  fault: 'the database is away for a long time while webhooks come in',
  promise:
    'senders are told to come again, nothing that was accepted is lost, no process ends, and all is caught up with',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using postgres = await openOwnPostgres()
    await using sim = await openSim({ scale: 'tiny', rateLimit: 'off' })
    using folder = openFolder()
    await using consign = startConsign(['start'], {
      CONSIGN_DATA_DIR: folder.path,
      DATABASE_URL: postgres.url,
      PORT: '0',
      LIGHTSPEED_BASE_URL: sim.url,
      LIGHTSPEED_TOKEN: sim.token,
      LS_WEBHOOK_SECRET: envelopeSecret,
      SYNC_EVERY_SECONDS: '0',
      RATE_LIMIT_ADDRESS: '1000000',
    })
    const url = await consign.url()
    await using sending = keepSending(url)
    await sleep(200 + chance() * 300)
    await postgres.stop()
    await until(() => sending.told.some(({ status }) => status === 503))
    const away = length === 'short' ? 500 : 60_000
    await sleep(away * (0.5 + chance()))
    assert.equal((await fetch(`${url}/health/live`)).status, 200)
    await postgres.start()
    const before = sending.told.length
    await until(() => sending.told.slice(before).some(({ status }) => status === 202), 30_000)
    const told = await sending.stop()
    const accepted = told.filter(({ status }) => status === 202).map(({ id }) => id)
    assert.deepEqual(
      [...new Set(told.map(({ status }) => status))].toSorted((one, other) => one - other),
      [202, 503],
    )
    await using database = openDatabase(postgres.url)
    await until(async () => {
      await rescueAll(database)
      const done = (await storedEvents(database)).filter(({ state }) => state === 'processed')
      const ids = new Set(done.map(({ sender_event_id: id }) => id))
      return accepted.every((id) => ids.has(id))
    }, 60_000)
    assert.equal(await consign.end('SIGTERM'), 0)
  },
}

/** Sends a webhook every now and then, as Lightspeed would, and remembers what it was told. */
function keepSending(url: string) {
  const told: { id: string; status: number }[] = []
  const stopping = new AbortController()
  const sending = (async () => {
    for (let at = 0; !stopping.signal.aborted; at += 1) {
      const id = `of a long day ${at}`
      const body = envelope({ event_id: id })
      const headers = { 'x-lightspeed-signature': signed(body) }
      const { status } = await fetch(`${url}/webhooks/lightspeed`, { method: 'POST', body, headers })
      told.push({ id, status })
      await sleep(20)
    }
    return told
  })()
  const stop = () => {
    stopping.abort()
    return sending
  }
  return { told, stop, [Symbol.asyncDispose]: async () => void (await stop().catch(() => {})) }
}
