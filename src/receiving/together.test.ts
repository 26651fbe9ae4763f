import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { cups, hub, milk, tea } from '#test/office.ts'
import { openDock } from '#test/dock.ts'

test('twenty people scan one delivery at once, each with a phone of his own, and the sum is right', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 1000, [milk]: 10 })
  const begun = await Promise.all(Array.from({ length: 20 }, () => dock.begin(id, randomUUID())))
  assert.equal(new Set(begun).size, 1, 'whoever begins meanwhile counts along')
  await Promise.all(
    begun.map(async (delivery, person) => {
      for (let time = 0; time < 5; time += 1)
        await dock.scan(id, delivery, [
          { code: 'TEA', quantity: person + 1 },
          { code: 'MILK', quantity: '0.1' },
          ...(time === 0 ? [{ code: 'CUPS' }, { code: `NOBODY-${person % 2}` }] : []),
        ])
    }),
  )
  const receipt = await dock.receipt(id, begun[0] ?? '')
  assert.deepEqual(
    receipt.lines.map(({ sku, counted }) => [sku, counted]),
    [
      ['TEA', String(5 * 210)],
      ['MILK', '10'],
      ['CUPS', '20'],
    ],
  )
  const unknown = receipt.unknownCodes.map(({ code, counted }) => `${code} ${counted}`)
  assert.deepEqual(new Set(unknown), new Set(['NOBODY-0 10', 'NOBODY-1 10']))
  const ends = await Promise.all(begun.map((delivery) => dock.postEnd(id, delivery, 'complete')))
  assert.deepEqual(new Set(ends.map(({ status }) => status)), new Set([200]))
  assert.deepEqual(await dock.received(id), { [tea]: ['1050', '0'], [milk]: ['10', '0'], [cups]: ['20', '0'] })
})

test('a phone that lost the answer sends its 300 scans again in other batches, and they count once', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 400 })
  const [mine, theirs] = [randomUUID(), randomUUID()]
  await dock.begin(id, theirs)
  await dock.begin(id, mine)
  const scans = Array.from({ length: 300 }, () => ({ id: randomUUID(), code: 'TEA', quantity: 1 }))
  const parts = (size: number, from = 0) =>
    Array.from({ length: Math.ceil((300 - from) / size) }, (_, at) =>
      scans.slice(from + at * size, from + at * size + size),
    )
  const answers = await Promise.all([
    ...parts(100).map((part) => dock.count(id, mine, part)),
    ...parts(70, 30).map((part) => dock.count(id, mine, part)),
  ])
  assert.equal(
    answers.reduce((sum, { counts }) => sum + counts.counted, 0),
    300,
  )
  assert.equal((await dock.count(id, mine, scans)).counts.repeated, 300)
  const [last] = await dock.scan(id, theirs, [{ code: 'TEA' }])
  assert.equal(last?.counted, '301')
  await dock.end(id, mine, 'complete')
  assert.equal((await dock.count(id, mine, scans)).counts.repeated, 300, 'and also after it has ended')
  assert.deepEqual(await dock.received(id), { [tea]: ['301', '0'] })
})

test('what outlets are asked to count again is shown page by page, each once, longest first', async () => {
  await using dock = await openDock()
  for (let at = 0; at < 3; at += 1) {
    const { id } = await dock.transfer([
      { productId: tea, quantity: 5 },
      { productId: milk, quantity: 5 },
    ])
    await dock.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT')
    await dock.receive(id, { scans: [{ code: 'TEA', quantity: 4 }], outcome: 'complete' })
  }
  const seen: string[] = []
  const asked: string[] = []
  for (let after: string | undefined, pages = 0; pages < 5; pages += 1) {
    const query = { outletId: hub, limit: '4', ...(after === undefined ? {} : { after }) }
    const page = await (await dock.api.api.v1['recount-requests'].$get({ query })).json()
    seen.push(...page.data.map(({ id }) => id))
    asked.push(...page.data.map(({ askedAt }) => askedAt))
    if (page.next === null) break
    after = page.next
  }
  assert.deepEqual([seen.length, new Set(seen).size], [6, 6])
  assert.deepEqual(asked, asked.toSorted())
})
