import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSim } from './server.ts'
import { first, rowIn, rowsIn, visit } from './visitor.ts'

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'sim-journal-'))
  return { file: join(path, 'journal.jsonl'), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

test('what was changed is there again next time, and versions go on from where they were', async () => {
  await using place = await folder()
  let product: { [field: string]: unknown }
  let highest: unknown
  {
    await using shop = await visit({ journal: place.file })
    product = first(rowsIn(await shop.get('/products?page_size=1')))
    await shop.send('POST', '/sim/change', { collection: 'products', id: product['id'], patch: { name: 'Kept' } })
    await shop.send('POST', '/sim/trade', { sales: 2 })
    highest = rowIn(await shop.get('/sim/state'))['version']
  }
  await using again = await visit({ journal: place.file })
  assert.equal(rowIn(await again.get('/sim/state'))['version'], highest)
  assert.equal(rowIn(await again.get(`/products/${String(product['id'])}`))['name'], 'Kept')
  const sales = await again.walk('/sales')
  const made = rowIn({ ...(await again.send('POST', '/sim/change', { collection: 'tags', patch: { name: 'later' } })) })
  assert.ok(Number(made['version']) > Number(highest))
  assert.equal(
    sales.some(({ id }) => id === made['id']),
    false,
  )
  assert.equal(new Set(sales.map(({ id }) => id)).size, sales.length)
})

test('a line that was only half written when the power went is left out', async () => {
  await using place = await folder()
  {
    await using shop = await visit({ journal: place.file })
    await shop.send('POST', '/sim/change', { collection: 'tags', patch: { name: 'whole' } })
  }
  await appendFile(place.file, '{"collection":"tags","serial":9,"row":{"id":"x","na')
  {
    await using shop = await visit({ journal: place.file })
    assert.equal((await shop.walk('/tags')).at(-1)?.['name'], 'whole')
    await shop.send('POST', '/sim/change', { collection: 'tags', patch: { name: 'after' } })
  }
  await using last = await visit({ journal: place.file })
  assert.deepEqual(
    (await last.walk('/tags')).slice(-2).map(({ name }) => name),
    ['whole', 'after'],
  )
})

test('the journal of another shop is refused in clear words', async () => {
  await using place = await folder()
  await (await openSim({ scale: 'tiny', seed: 1, journal: place.file }))[Symbol.asyncDispose]()
  await assert.rejects(
    openSim({ scale: 'tiny', seed: 2, journal: place.file }),
    /belongs to seed 1, scale tiny, not to seed 2/,
  )
  await assert.rejects(openSim({ scale: 'tiny:sales=1', journal: place.file }), /not to seed 1, scale tiny:sales=1/)
  const before = await readFile(place.file, 'utf8')
  assert.equal(before.split('\n').length, 2)
})

test('a file that is something else is not overwritten', async () => {
  await using place = await folder()
  await writeFile(place.file, 'dear diary\n')
  await assert.rejects(openSim({ scale: 'tiny', journal: place.file }), /is not a journal of the simulator/)
  assert.equal(await readFile(place.file, 'utf8'), 'dear diary\n')
})
