import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, until } from '#test/workers.ts'

const words = Array.from({ length: 40 }, (_, at) => `job ${String(at).padStart(2, '0')}`)

test('a worker is killed with twenty jobs in its hands: all are done again, each takes effect once', async () => {
  await using shop = await openWorkshop()
  await using ledger = await openLedger(shop)
  await shop.orderAll(words)
  const first = await ledger.startWorker({ WORKERS: '20', LEDGER_MS: '5000' })
  await until(() => ledger.starts().length >= 20)
  await sleep(Math.random() * 300)
  await first.kill()
  const lost = Object.values(await shop.states()).filter((state) => state === 'active').length
  assert.ok(lost > 0, 'the worker held jobs when it was killed')
  await ledger.startWorker({ WORKERS: '20', LEDGER_MS: '100' })
  await until(
    async () => Object.values(await shop.states()).filter((state) => state === 'completed').length === 40 - lost,
  )
  await ledger.hourPasses()
  await shop.settled()
  assert.deepEqual(await ledger.words(), words)
  assert.ok(ledger.starts().length >= words.length + lost)
})

test('a worker that was frozen while another took its jobs over wakes up and spoils nothing', async () => {
  await using shop = await openWorkshop()
  await using ledger = await openLedger(shop)
  await shop.orderAll(words)
  const frozen = await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '400' })
  await until(() => ledger.starts().length >= 10)
  frozen.signal('SIGSTOP')
  await sleep(50)
  await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '20' })
  await ledger.hourPasses()
  await until(async () => Object.values(await shop.states()).filter((state) => state === 'completed').length >= 35)
  frozen.signal('SIGCONT')
  await shop.settled()
  await shop.order('one more')
  await shop.settled()
  assert.deepEqual(await ledger.words(), [...words, 'one more'])
})
