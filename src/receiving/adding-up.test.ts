import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { cups, milk, tea } from '#test/office.ts'
import { openDock } from '#test/dock.ts'

const skus = ['TEA', 'MILK', 'CUPS'] as const
const products = { TEA: tea, MILK: milk, CUPS: cups } as const

/** Hundred-thousandths, so that the sums of the story are whole numbers. */
const scan = fc.record({
  sku: fc.constantFrom(...skus),
  size: fc.integer({ min: 1, max: 9_900_000 }),
  isBad: fc.boolean(),
})
const scans = fc.array(scan, { minLength: 1, maxLength: 40 })
/** Of each sending: where it begins, how many scans it holds, by which phone. */
const sending = fc.record({ from: fc.nat(39), size: fc.integer({ min: 1, max: 25 }), phone: fc.nat(2) })
const sendings = fc.array(sending, { maxLength: 8 })

test('in whatever order, batches and hands scans come, and however often, they add up to what was scanned', async () => {
  await using dock = await openDock()
  const story = fc.asyncProperty(scans, sendings, fc.boolean(), async (made, sent, isAtOnce) => {
    const { id } = await dock.sent({ [tea]: 100, [milk]: 1 })
    const phones = [randomUUID(), randomUUID(), randomUUID()]
    for (const phone of phones) await dock.begin(id, phone)
    const named = made.map(({ sku, size, isBad }) => ({
      id: randomUUID(),
      code: sku,
      quantity: decimal(size),
      condition: isBad ? 'expired' : 'good',
    }))
    const batches = [...sent, { from: 0, size: named.length, phone: 0 }].flatMap(({ from, size, phone }) => {
      const batch = named.slice(from, from + size)
      return batch.length === 0 ? [] : [{ batch, phone: phones[phone] ?? '' }]
    })
    const send = ({ batch, phone }: (typeof batches)[number]) => dock.count(id, phone, batch)
    if (isAtOnce) await Promise.all(batches.map(send))
    else for (const one of batches.toReversed()) await send(one)
    await dock.end(id, phones[1] ?? '', 'complete')
    const received = await dock.received(id)
    for (const sku of skus) {
      const ofIt = made.filter((one) => one.sku === sku)
      const [sum, bad] = [ofIt, ofIt.filter(({ isBad }) => isBad)].map((some) =>
        some.reduce((all, { size }) => all + size, 0),
      )
      const told = received[products[sku]]
      if (ofIt.length > 0) assert.deepEqual(told, [decimal(sum ?? 0), decimal(bad ?? 0)], sku)
      else assert.ok(told === undefined || told[0] === null, sku)
    }
  })
  await fc.assert(story, { seed: 20_261_121, numRuns: 8 })
})

function decimal(size: number): string {
  const [whole, rest] = [Math.floor(size / 100_000), size % 100_000]
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(5, '0').replace(/0+$/, '')}`
}
