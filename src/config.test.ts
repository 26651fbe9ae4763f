import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { exitCodeFor, Refusal } from './kernel/refusal.ts'

test('without settings there is a simulated shop, an embedded database and port 3000', () => {
  const config = readConfig({})
  assert.equal(config.port, 3000)
  assert.equal(config.databaseUrl, undefined)
  assert.deepEqual(config.lightspeed, { kind: 'simulator', seed: 1, scale: 'shop', port: 0 })
})

test('a base address and a token connect a real retailer, and no simulator starts', () => {
  const config = readConfig({ LIGHTSPEED_BASE_URL: 'http://127.0.0.1:4010/', LIGHTSPEED_TOKEN: 'x' })
  assert.deepEqual(config.lightspeed, {
    kind: 'token',
    origin: 'http://127.0.0.1:4010',
    domainPrefix: undefined,
    token: 'x',
  })
})

test('a domain prefix and a token lead to the shop’s own address', () => {
  const config = readConfig({ LIGHTSPEED_DOMAIN_PREFIX: 'teashop', LIGHTSPEED_TOKEN: 'x' })
  assert.equal(config.lightspeed.kind === 'token' && config.lightspeed.origin, 'https://teashop.retail.lightspeed.app')
})

test('an empty setting counts as none', () => {
  assert.equal(readConfig({ DATABASE_URL: '', PORT: '' }).port, 3000)
})

for (const [env, name] of [
  [{ PORT: 'seventy' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://here' }, 'DATABASE_URL'],
  [{ CONSIGN_ADMIN_TOKEN: 'short' }, 'CONSIGN_ADMIN_TOKEN'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ TRADING_HOURS: '17:00-09:00' }, 'TRADING_HOURS'],
  [{ ALERT_WEBHOOK_URLS: 'https://pager.example ftp://files.example' }, 'ALERT_WEBHOOK_URLS'],
  [{ LIGHTSPEED_DOMAIN_PREFIX: 'evil.example/', LIGHTSPEED_TOKEN: 'x' }, 'LIGHTSPEED_DOMAIN_PREFIX'],
  [{ LIGHTSPEED_TOKEN: 'x' }, 'LIGHTSPEED_DOMAIN_PREFIX'],
  [{ LIGHTSPEED_BASE_URL: 'http://127.0.0.1:1' }, 'LIGHTSPEED_TOKEN'],
  [{ LIGHTSPEED_CLIENT_ID: 'app' }, 'LIGHTSPEED_CLIENT_SECRET'],
] as const) {
  test(`a wrong or missing ${name} is named with its cure, and the exit code is 2`, () => {
    assert.throws(
      () => readConfig(env),
      (error) =>
        error instanceof Refusal &&
        error.message.includes(name) &&
        / give /.test(error.message) &&
        exitCodeFor(error.kind) === 2,
    )
  })
}

test('two wrong settings are both named at once', () => {
  assert.throws(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' }), /PORT.*\n.*LOG_LEVEL/s)
})
