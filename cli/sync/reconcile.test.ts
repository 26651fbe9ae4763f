import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'

test('the levels of stock are compared from the command line, first only to see, then to mend', async () => {
  await using shop = await openShop()
  await shop.sync('outlets', 'inventory')
  await sql`update mirror.inventory set inventory_level = -5 where id = (select min(id) from mirror.inventory)`.execute(
    shop.db,
  )
  const consign = (line: string) => typeCommand(line, { api: shop.api })
  const seen = await consign('sync reconcile inventory --dry-run')
  assert.equal(seen.exitCode, 0)
  assert.match(seen.stdout, /1 difference in 180 records, 0 not explained, none repaired/)
  assert.match(seen.stdout, /inventory \S+ altered \(inventory_level\): changed by hand in the mirror/)
  const mended = JSON.parse((await consign('sync reconcile inventory --json')).stdout)
  assert.deepEqual([mended.totals.repaired, mended.differences.length], [1, 1])
  assert.match(
    (await consign('sync reconcile inventory')).stdout,
    /The mirror is true: 180 records compared, no difference/,
  )
  const unknown = await consign('sync reconcile inventry')
  assert.deepEqual([unknown.exitCode, /Did you mean "inventory"/.test(unknown.stderr)], [2, true])
  assert.match(
    (await consign('sync reconcile')).stdout,
    /outlets .*\n[\s\S]*sales was not compared: It has never been read/,
  )
})
