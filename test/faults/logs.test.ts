import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { openSim, type Sim } from '#sim/server.ts'
import { startConsign } from '#test/process.ts'
import { syncElsewhere } from '#test/syncing.ts'
import { hmac } from '#test/webhooks.ts'
import { openWorld } from '#test/world.ts'

const adminToken = 'the-administrator-of-the-log-story'
const envelopeSecret = 'the-secret-of-the-relay-in-the-log-story'

test('a shop that logs all it can, while it connects, syncs and takes in webhooks, logs no secret and no customer', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-logs-'))
  using _ = { [Symbol.dispose]: () => rmSync(dataDir, { recursive: true, force: true }) }
  await using world = await openWorld()
  await using sim = await openSim({ scale: 'tiny', seed: 1 })
  await using consign = startConsign(['start'], {
    CONSIGN_DATA_DIR: dataDir,
    DATABASE_URL: world.databaseUrl,
    CONSIGN_ADMIN_TOKEN: adminToken,
    PORT: '0',
    LOG_LEVEL: 'trace',
    SYNC_EVERY_SECONDS: '0',
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_CLIENT_ID: sim.clientId,
    LIGHTSPEED_CLIENT_SECRET: sim.clientSecret,
    LS_WEBHOOK_SECRET: envelopeSecret,
  })
  const url = await consign.url()
  const code = await connect(url)
  sim.trouble({ kind: 'bad_record', path: '/api/2.0/customers', times: 1 })
  sim.trouble({ kind: 'unauthorized', times: 1 })
  await syncElsewhere({ url, token: adminToken }, { entities: ['customers', 'outlets'] })
  const signatures = await sendWebhooks(url, sim)
  assert.equal(await consign.end('SIGTERM'), 0)

  const printed = consign.printed()
  assert.match(printed, /"path":"\/api\/2\.0\/customers"/)
  const secrets = [
    adminToken,
    sim.clientSecret,
    envelopeSecret,
    code,
    ...signatures,
    ...tokensOf(sim),
    ...peopleOf(sim),
  ]
  assert.ok(secrets.length > 40)
  assert.deepEqual(
    secrets.filter((secret) => printed.includes(secret)),
    [],
  )
  assert.doesNotMatch(printed, /Bearer (?!\[hidden\])|authorization":"(?!\[hidden\])/i)
})

/** As a browser does: to Lightspeed, which says yes, and back. */
async function connect(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${adminToken}` }
  const begun = await fetch(`${url}/api/v1/lightspeed/authorizations`, { method: 'POST', headers })
  const away = z.object({ url: z.string() }).parse(await begun.json())
  const back = (await fetch(away.url, { redirect: 'manual' })).headers.get('location') ?? ''
  assert.equal((await fetch(back, { redirect: 'manual' })).headers.get('location'), '/')
  return new URL(back).searchParams.get('code') ?? assert.fail('Lightspeed gave no code')
}

/** Some that are let in, some that are not. Returns their signatures. */
async function sendWebhooks(url: string, sim: Sim): Promise<string[]> {
  const [customer] = sim.store.list('customers', { after: 0, limit: 1, deleted: false })
  const form = new URLSearchParams({ payload: JSON.stringify(customer) }).toString()
  const letter = {
    event_id: 'e1',
    event_type: 'customer.updated',
    created_at: new Date().toISOString(),
    data: customer,
  }
  const body = JSON.stringify(letter)
  const signatures = [hmac(form, sim.clientSecret), hmac(body, envelopeSecret)].map((one) => one.digest('hex'))
  const [ofForm = '', ofLetter = ''] = signatures
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const [path, sent, headers, status] of [
    ['/customer.update', form, { ...type, 'x-signature': `signature=${ofForm},algorithm=HMAC-SHA256` }, 202],
    ['/customer.update', `${form}&x`, { ...type, 'x-signature': `signature=${ofForm},algorithm=HMAC-SHA256` }, 401],
    ['', body, { 'x-lightspeed-signature': `sha256=${ofLetter}` }, 202],
    ['', `${body} `, { 'x-lightspeed-signature': `sha256=${ofLetter}` }, 401],
  ] as const) {
    const answer = await fetch(`${url}/webhooks/lightspeed${path}`, { method: 'POST', body: sent, headers })
    assert.equal(answer.status, status)
  }
  return signatures
}

function tokensOf({ store }: Sim): string[] {
  const grants = store.list('oauth_grants', { after: 0, limit: 100, deleted: false })
  return grants
    .flatMap((grant) => Object.values(grant).filter((one) => typeof one === 'string' && one.startsWith('lsxs_')))
    .map(String)
}

/** Names and mails of customers, long enough to be nobody else's word. */
function peopleOf({ store }: Sim): string[] {
  const customers = store.list('customers', { after: 0, limit: 200, deleted: false })
  const words = customers.flatMap(({ last_name: last, email, phone }) => [last, email, phone])
  return [...new Set(words.map(String))].filter((word) => word.length > 5 && word !== 'undefined')
}
