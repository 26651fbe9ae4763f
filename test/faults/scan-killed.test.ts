import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDock } from '#test/dock.ts'
import { milk, tea } from '#test/office.ts'
import { startConsign } from '#test/process.ts'
import { adminToken } from '#test/shop.ts'

test('killed while five phones scan: what was answered is kept, and what is sent again counts once', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 500, [milk]: 500 })
  const delivery = await dock.begin(id)
  const phones = Array.from({ length: 5 }, () =>
    Array.from({ length: 40 }, (_, at) => ({ id: randomUUID(), code: at % 4 === 0 ? 'MILK' : 'TEA', quantity: '1.5' })),
  )
  const answered = new Set<string>()
  const settings = (name: string) => {
    const folder = join(dock.dataDir, name)
    mkdirSync(folder)
    return { ...dock.settings, CONSIGN_DATA_DIR: folder }
  }
  await using first = startConsign(['server'], settings('first'))
  const url = await first.url()
  const half = Promise.withResolvers<void>()
  const scanning = Promise.allSettled(
    phones.map((scans) =>
      eachInTurn(scans, async (scan) => {
        await send(url, { id, delivery, scans: [scan] })
        answered.add(scan.id)
        if (answered.size === 60) half.resolve()
      }),
    ),
  )
  await half.promise
  await first.end('SIGKILL')
  const ended = await scanning
  assert.ok(
    ended.every(({ status }) => status === 'rejected'),
    'each phone was in the midst of it',
  )

  const kept = await dock.db.selectFrom('scan_event').select('id').execute()
  const ids = new Set(kept.map((scan) => scan.id))
  assert.deepEqual(
    [...answered].filter((one) => !ids.has(one)),
    [],
    'whatever was answered is there',
  )
  assert.ok(kept.length < 200)

  await using second = startConsign(['server'], settings('second'))
  const again = await second.url()
  await Promise.all(phones.map((scans) => send(again, { id, delivery, scans })))
  await dock.end(id, delivery, 'complete')
  assert.deepEqual(await dock.received(id), { [tea]: ['225', '0'], [milk]: ['75', '0'] })
})

async function eachInTurn<Scan>(scans: readonly Scan[], work: (scan: Scan) => Promise<void>) {
  for (const scan of scans) await work(scan)
}

async function send(url: string, { id, delivery, scans }: { id: string; delivery: string; scans: object[] }) {
  const answer = await fetch(`${url}/api/v1/consignments/${id}/deliveries/${delivery}/scans`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scans }),
  })
  assert.equal(answer.status, 200, await answer.text())
}
