import assert from 'node:assert/strict'
import { test } from 'node:test'
import { departed, emptyPocket, filled, returned } from './pocket.rules.ts'

test('answers to requests of the window before take none of the permits of this one', () => {
  const before = {
    ...filled(emptyPocket, 9, 1, 1000),
    seen: { windowNumber: 1, limit: 540, remaining: 354, at: 0, resetWithinMs: null },
  }
  const { pocket: sent, departure } = departed(before)
  const turned = filled(sent, 9, 2, 300_000)
  const { pocket, isNews } = returned(turned, departure, { limit: 540, remaining: 539 }, 10)
  assert.deepEqual([pocket.permits, pocket.inFlight, isNews], [9, 0, true])
  const later = { ...pocket, seen: { windowNumber: 2, limit: 540, remaining: 500, at: 5, resetWithinMs: null } }
  const again = returned({ ...later, inFlight: 1 }, departure, { limit: 540, remaining: 530 }, 20)
  assert.equal(again.pocket.seen?.windowNumber, 2)
  const sameWindow = returned({ ...before, inFlight: 1 }, departure, { limit: 540, remaining: 539 }, 10)
  assert.equal(sameWindow.pocket.permits, 0)
})
