import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from '#test/shop.ts'
import {
  clientSecret,
  envelope,
  envelopeSecret,
  hmac,
  post,
  sendEnvelope as send,
  sendForm,
  signed as hex,
  storedEvents as stored,
  webhookEnv as env,
} from '#test/webhooks.ts'

function writtenIn(minutes: number): string {
  return envelope({ created_at: new Date(Date.now() + minutes * 60_000).toISOString() })
}

function signedUnescaped(body: string): string {
  return `signature=${hmac(body.replaceAll('%22', '"'), clientSecret).digest('hex')},algorithm=HMAC-SHA256`
}

test('an envelope signed by the relay is taken in once, and its repeat is recognised', async () => {
  await using shop = await openShop({ env })
  const body = envelope({ event_id: 'once' })
  const [first, second] = [await send(shop, body), await send(shop, body)]
  assert.deepEqual([first.status, JSON.parse(first.said).status], [202, 'accepted'])
  assert.deepEqual([second.status, JSON.parse(second.said).status], [202, 'already processed'])
  assert.equal(JSON.parse(second.said).id, JSON.parse(first.said).id)
  const [event, ...others] = await stored(shop)
  assert.deepEqual([others.length, event?.body.toString(), event?.type], [0, body, 'product.updated'])
})

test('the same webhook a hundred times at once is one', async () => {
  await using shop = await openShop({ env })
  const body = envelope({ event_id: 'often' })
  const payload = { id: 'p', version: 7 }
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, at) => (at % 2 ? send(shop, body) : sendForm(shop, 'product.update', payload))),
  )
  assert.ok(answers.every(({ status }) => status === 202))
  assert.equal(answers.filter(({ said }) => said.includes('accepted')).length, 2)
  assert.equal((await stored(shop)).length, 2)
})

test('whoever does not sign right stays outside, and nothing of theirs is kept', async () => {
  await using shop = await openShop({ env })
  const body = envelope()
  const wrong = [
    '',
    hex(body, 'guessed'),
    hex(`${body} `),
    hex(body).slice(0, -2),
    hex(body).replace('sha256=', ''),
    hex(body).replace('sha256=', 'sha1='),
  ]
  for (const signature of wrong) assert.equal((await send(shop, body, signature)).status, 401, signature)
  assert.equal((await post(shop, '/webhooks/lightspeed', body)).status, 401)
  const forged = [
    (sent: string) => `signature=${hmac(sent, 'guessed').digest('hex')},algorithm=HMAC-SHA256`,
    (sent: string) => `signature=${hmac(sent, clientSecret).digest('hex').slice(0, 60)},algorithm=HMAC-SHA256`,
    (sent: string) => `signature=${hmac(sent, clientSecret).digest('hex')},algorithm=HMAC-MD5`,
    () => '',
  ]
  for (const sign of forged) assert.equal((await sendForm(shop, 'product.update', { id: 'p' }, sign)).status, 401)
  assert.deepEqual(await stored(shop), [])
})

test('a signature counts for the bytes that were sent, not for the same words written in another way', async () => {
  await using shop = await openShop({ env })
  const pretty = JSON.stringify(JSON.parse(envelope()), null, 2)
  assert.equal((await send(shop, JSON.stringify(JSON.parse(pretty)), hex(pretty))).status, 401)
  assert.equal((await sendForm(shop, 'sale.update', { id: 's' }, signedUnescaped)).status, 401)
})

test('Lightspeed’s signature is read in hex of either case and in base64', async () => {
  await using shop = await openShop({ env })
  const ways = [
    (digest: Buffer) => digest.toString('hex'),
    (digest: Buffer) => digest.toString('hex').toUpperCase(),
    (digest: Buffer) => digest.toString('base64'),
  ]
  for (const [at, way] of ways.entries()) {
    const sign = (body: string) => `signature=${way(hmac(body, clientSecret).digest())},algorithm=HMAC-SHA256`
    const { status, said } = await sendForm(shop, 'sale.update', { id: 's', version: at }, sign)
    assert.deepEqual([status, JSON.parse(said).status], [202, 'accepted'])
  }
})

test('an old webhook sent again is refused, and so is one from the future', async () => {
  await using shop = await openShop({ env })
  const statuses = []
  for (const minutes of [-6, 6, 1, -4]) statuses.push((await send(shop, writtenIn(minutes))).status)
  assert.deepEqual(statuses, [401, 401, 401, 202])
  const seconds = envelope({ event_id: 'unix', created_at: Math.floor(Date.now() / 1000) })
  assert.equal((await send(shop, seconds)).status, 202)
})

test('what is no webhook is told what is wrong with it', async () => {
  await using shop = await openShop({ env })
  for (const path of ['/webhooks/lightspeed', '/webhooks/lightspeed/sale.update', '/webhooks/courier/nzpost']) {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await shop.app.request(path, { method })
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'], `${method} ${path}`)
    }
  }
  for (const broken of ['{"event_id":', '', 'null', '[]', '{}', envelope({ created_at: 'soon' })])
    assert.equal((await send(shop, broken)).status, 400, broken)
  for (const form of ['', 'payload=', 'payload=%7B', 'other=1']) {
    const signature = `signature=${hmac(form, clientSecret).digest('hex')},algorithm=HMAC-SHA256`
    assert.equal((await post(shop, '/webhooks/lightspeed/sale.update', form, { 'x-signature': signature })).status, 400)
  }
  const large = envelope({ data: 'x'.repeat(1_000_000) })
  assert.equal((await send(shop, large)).status, 413)
  assert.deepEqual(await stored(shop), [])
})

test('a courier comes in with its own secret, not with another’s', async () => {
  await using shop = await openShop({ env })
  const body = envelope({ event_type: 'shipment.picked_up' })
  const to = (carrier: string, secret: string) => send(shop, body, hex(body, secret), `/webhooks/courier/${carrier}`)
  assert.equal((await to('nzpost', 'another-one')).status, 401)
  assert.equal((await to('nobody', 'another-one')).status, 401)
  assert.equal((await to('nzpost', 'the-secret-of-the-post')).status, 202)
  assert.equal((await to('gss', 'another-one')).status, 202)
  assert.deepEqual(
    (await stored(shop)).map(({ door, carrier }) => [door, carrier]),
    [
      ['courier', 'nzpost'],
      ['courier', 'gss'],
    ],
  )
})

test('while a secret is replaced, both are good; without a secret the door stays shut', async () => {
  await using shop = await openShop({ env: { ...env, LS_WEBHOOK_SECRET_PREVIOUS: 'the-one-before' } })
  for (const secret of [envelopeSecret, 'the-one-before']) {
    const body = envelope({ event_id: secret })
    assert.equal((await send(shop, body, hex(body, secret))).status, 202)
  }
  await using shut = await openShop()
  const body = envelope()
  for (const secret of ['', 'undefined', envelopeSecret])
    assert.equal((await send(shut, body, secret && hex(body, secret))).status, 401)
  assert.equal((await sendForm(shut, 'sale.update', { id: 's' })).status, 401)
})

test('a webhook of a kind nobody knows is kept and counted, and breaks nothing', async () => {
  await using shop = await openShop({ env })
  assert.equal((await send(shop, envelope({ event_type: 'unicorn.born' }))).status, 202)
  assert.equal((await sendForm(shop, 'outlet.update', { id: 'o', version: 1 })).status, 202)
  assert.equal((await sendForm(shop, 'odd%00%ff', { id: 'o', version: 1 })).status, 202)
  assert.deepEqual((await stored(shop)).map(({ type, state }) => [type, state]).slice(0, 2), [
    ['unicorn.born', 'unknown'],
    ['outlet.update', 'unknown'],
  ])
  const { counts } = await (await shop.api.api.v1.webhooks.$get()).json()
  assert.equal(
    counts.filter(({ state }) => state === 'unknown').reduce((sum, { events }) => sum + events, 0),
    3,
  )
})

test('a hook added by hand is not signed: it comes in only where the settings allow it', async () => {
  await using strict = await openShop({ env })
  const body = new URLSearchParams({ payload: '{"id":"s","version":1}' }).toString()
  assert.equal((await post(strict, '/webhooks/lightspeed/sale.update', body)).status, 401)
  await using open = await openShop({ env: { ...env, WEBHOOKS_ACCEPT_UNSIGNED: 'true' } })
  assert.equal((await post(open, '/webhooks/lightspeed/sale.update', body)).status, 202)
  const forged = { 'x-signature': `signature=${'0'.repeat(64)},algorithm=HMAC-SHA256` }
  assert.equal((await post(open, '/webhooks/lightspeed/sale.update', `${body}&x=1`, forged)).status, 401)
  assert.deepEqual(
    (await stored(open)).map((event) => event.is_signed),
    [false],
  )
})

test('headers are kept with a webhook, but none that lets somebody in', async () => {
  await using shop = await openShop({ env })
  const body = envelope()
  await post(shop, '/webhooks/lightspeed', body, {
    'x-lightspeed-signature': hex(body),
    'user-agent': 'the relay',
    authorization: 'Bearer of-much',
    cookie: 'consign_session=x',
    'x-api-key': 'k',
  })
  const [event] = await stored(shop)
  const names = typeof event?.headers === 'object' ? Object.keys(event.headers ?? {}) : []
  assert.ok(names.includes('user-agent'))
  assert.deepEqual(
    names.filter((name) => /authorization|cookie|key/.test(name)),
    [],
  )
})

test('a burst of five thousand webhooks: none is lost, and the server answers all the while', async () => {
  await using shop = await openShop({ env, serve: true })
  const letters = Array.from({ length: 5000 }, (_, at) => envelope({ event_id: `burst-${at}` }))
  const statuses = new Map<number, number>()
  const burst = Array.from({ length: 64 }, async () => {
    for (let body = letters.pop(); body !== undefined; body = letters.pop()) {
      const headers = { 'x-lightspeed-signature': hex(body) }
      const { status } = await fetch(`${shop.url}/webhooks/lightspeed`, { method: 'POST', body, headers })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  })
  const live: number[] = []
  const watch = async () => {
    while (letters.length > 0) live.push((await fetch(`${shop.url}/health/live`)).status)
  }
  await Promise.all([...burst, watch()])
  assert.ok(live.length > 0 && live.every((status) => status === 200))
  assert.deepEqual([...statuses], [[202, 5000]])
  const { count } = await shop.db
    .selectFrom('webhook_event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  assert.equal(count, 5000)
})
