import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'
import { webhookEnv } from '#test/webhooks.ts'

/** A shop and a terminal; served, its door is on the network and a worker does what comes. */
async function openShopWithTerminal(env: Record<string, string> = webhookEnv, serve = false) {
  const shop = await openShop({ env, serve })
  const consign = (line: string) => typeCommand(line, { api: shop.api })
  const json = async (line: string) => JSON.parse((await consign(`${line} --json`)).stdout)
  return { ...shop, consign, json }
}

test('the webhooks of a shop are registered once, and their state is seen from the command line', async () => {
  await using shop = await openShopWithTerminal()
  const planned = await shop.consign('webhook register --url https://consign.example.com/ --dry-run')
  assert.match(
    planned.stdout,
    /^sale\.update +https:\/\/consign\.example\.com\/webhooks\/lightspeed\/sale\.update +would/m,
  )
  assert.match((await shop.consign('webhook status')).stdout, /Lightspeed was not asked for its webhooks/)
  const steps = async () =>
    (await shop.json('webhook register --url https://consign.example.com')).data.map(
      (one: { step: string }) => one.step,
    )
  assert.deepEqual(
    await steps(),
    Array.from({ length: 7 }, () => 'create'),
  )
  assert.deepEqual(
    await steps(),
    Array.from({ length: 7 }, () => 'keep'),
  )
  const { stdout } = await shop.consign('webhook status')
  assert.match(stdout, /✓ Signed envelopes[\s\S]*Lightspeed sends to https:\/\/consign\.example\.com\n✓ sale\.update/)
  assert.equal((await shop.consign('webhook register')).exitCode, 2)
})

test('without the secret that Lightspeed signs with, its webhooks are not asked for', async () => {
  await using shop = await openShopWithTerminal({})
  const { exitCode, stderr } = await shop.consign('webhook register --url https://consign.example.com')
  assert.equal(exitCode, 2)
  assert.match(stderr, /LIGHTSPEED_CLIENT_SECRET/)
  assert.equal((await shop.consign('webhook test --url http://127.0.0.1:1/webhooks')).exitCode, 2)
})

test('a signed webhook is sent to an address, and its answer is told', async () => {
  await using shop = await openShopWithTerminal(webhookEnv, true)
  assert.match((await shop.consign(`webhook:test --url ${shop.url}/webhooks/lightspeed`)).stdout, /✓ .* answered 202/)
  assert.equal((await shop.consign(`webhook test --url ${shop.url}/nowhere`)).exitCode, 1)
  assert.equal((await shop.consign('webhook test --url http://127.0.0.1:1/x')).exitCode, 5)
})

test('a webhook is simulated, done, looked at and done again from the command line', async () => {
  await using shop = await openShopWithTerminal()
  const { id } = await shop.json('webhook simulate customer.created --data={"id":"c-1","first_name":"Ada"}')
  assert.match((await shop.consign('webhook process')).stdout, /customers c-1: stored/)
  assert.match((await shop.consign(`webhook events --id ${id}`)).stdout, /Type +customer\.created[\s\S]*"Ada"/)
  assert.equal((await shop.json('webhook events --state processed')).data.length, 1)
  assert.match((await shop.consign('webhook events --types')).stdout, /inventory\.update\n[\s\S]*consignment\.received/)
  assert.match((await shop.consign(`webhook replay ${id}`)).stdout, /waits to be done again/)
  assert.equal((await shop.consign('webhook replay 999999')).exitCode, 1)
  const payload = '{"event_type":"product.created","data":{"id":"p-1","name":"Tea"}}'
  assert.match((await shop.consign(`webhook process --payload=${payload}`)).stdout, /products p-1: stored/)
  assert.equal((await shop.consign('webhook process --payload={"event_type":"unicorn.born"}')).exitCode, 3)
})
