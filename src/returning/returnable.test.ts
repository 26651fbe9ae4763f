import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { allot, returnReasons, type Receipt } from './returnable.rules.ts'

const amount = fc.bigInt({ min: 0n, max: 40n }).map((units) => units * 33_333n)
const wish = fc.record({ quantity: amount, reason: fc.constantFrom(...returnReasons), isTakenBack: fc.boolean() })

test('whatever goes back, for whatever reasons, in whatever order, and cancelled in between: never more than came', () => {
  const came = fc.tuple(amount, amount).map(([good, damaged]) => ({ received: good + damaged, damaged }))
  fc.assert(
    fc.property(came, fc.array(wish, { maxLength: 12 }), ({ received, damaged }, wishes) => {
      const receipt: Receipt = { received, damaged, returned: 0n, quarantined: 0n }
      for (const { quantity, reason, isTakenBack } of wishes) {
        const part = allot(receipt, { quantity, reason })
        assert.equal('wrong' in part, quantity > received - receipt.returned)
        if ('wrong' in part || isTakenBack) continue
        receipt.returned += quantity
        receipt.quarantined += part.quarantined
        assert.ok(receipt.returned <= received, 'no more goes back than came')
        assert.ok(receipt.quarantined <= damaged, 'no more of what came damaged than came damaged')
        assert.ok(receipt.returned - receipt.quarantined <= received - damaged, 'no more out of stock than went in')
      }
    }),
    { seed: 5, numRuns: 200 },
  )
})
