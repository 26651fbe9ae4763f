import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openDock } from '#test/dock.ts'
import { harbour, hub, milk, tea } from '#test/office.ts'

test('from the command line: what a transfer lacks its sender is asked about, page by page, and answers', async () => {
  await using dock = await openDock()
  const say = async (line: string) => {
    const { exitCode, stdout, stderr } = await dock.consign(line)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }
  const { id, number } = await dock.transfer([
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 2 },
  ])
  await dock.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = quantity where consignment_id = ${id}`.execute(dock.db)
  await dock.walk(id, 'PACKAGED', 'SENT')
  await say(`consignment receive ${number} --scan TEA=7`)
  assert.match(await say(`recount ask ${number} --lines TEA --dry-run`), /would be asked about 1 line/)
  assert.match(await say(`recount ask ${number} --lines TEA`), /is asked about 1 line/)
  await say(`consignment receive ${number} --scan MILK=1 --outcome complete`)
  assert.match(await say(`recount list --outlet ${harbour}`), /Nobody is asked/)
  const first = await say(`recount list --outlet ${hub} --limit 1`)
  assert.match(first, new RegExp(`${number} +TEA +outlet-hub +10 +7`))
  const rest = /consign (recount list --after \S+)/.exec(first)?.[1] ?? ''
  assert.match(await say(rest), new RegExp(`${number} +MILK +outlet-hub +2 +1`))
  const recount = /^[\da-f-]{36}/m.exec(first)?.[0] ?? ''
  assert.equal((await dock.consign(`recount answer ${number} ${recount}`)).exitCode, 2)
  assert.equal((await dock.consign(`recount answer ${number} NOBODY --as-sent`)).exitCode, 2)
  assert.match(await say(`recount answer ${number} TEA --quantity 8 --dry-run`), /Would be so: TEA/)
  assert.match(await say(`recount answer ${number} ${recount} --quantity 8`), /TEA: 8 were really sent/)
  assert.match(await say(`recount list --consignment ${number}`), /TEA .*recounted 8\n.*MILK/)
})
