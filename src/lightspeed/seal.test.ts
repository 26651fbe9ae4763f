import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../kernel/refusal.ts'
import { seal, sealingKey, unseal } from './seal.ts'

const key = sealingKey('a secret of sixteen or more')

test('a sealed token opens again, and looks different each time it is sealed', () => {
  const sealed = seal(key, 'token ☕', 'access')
  assert.equal(unseal(key, sealed, 'access'), 'token ☕')
  assert.notEqual(sealed, seal(key, 'token ☕', 'access'))
  assert.doesNotMatch(sealed, /token/)
})

test('with another CONSIGN_SECRET_KEY the message names that setting', () => {
  const sealed = seal(key, 'token', 'access')
  assert.throws(() => unseal(sealingKey('another secret altogether'), sealed, 'access'), {
    name: Refusal.name,
    code: 'secret_key_wrong',
    message: /CONSIGN_SECRET_KEY/,
  })
})

test('a sealed token that was changed, moved to another place or cut off does not open', () => {
  const sealed = seal(key, 'token', 'access')
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
  for (const broken of [changed, sealed.slice(0, -6), 'v2.a.b.c', '', 'token']) {
    assert.throws(() => unseal(key, broken, 'access'), Refusal)
  }
  assert.throws(() => unseal(key, sealed, 'refresh'), Refusal)
})
