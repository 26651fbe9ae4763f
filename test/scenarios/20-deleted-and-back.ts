import assert from 'node:assert/strict'
import { envelope, sendEnvelope } from '#test/webhooks.ts'
import { openToldShop, shuffled } from './told-shop.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const deletedAndBack: Scenario = {
  number: 20,
  fault: 'news of updates and deletions of the same products come in any order, some of them twice',
  promise: 'whoever was deleted last stays deleted, and a newer word revives',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openToldShop()
    const { store } = shop.sim
    const products = store.list('products', { after: 0, limit: length === 'short' ? 10 : 30, deleted: false })
    const letters = products.flatMap((product) => {
      const acts = Array.from({ length: 2 + Math.floor(chance() * 4) }, () => chance() < 0.5)
      return acts.flatMap((isDeletion) => {
        const row = store.put('products', {
          ...product,
          ...(isDeletion ? { deleted_at: new Date().toISOString() } : {}),
        })
        const type = isDeletion ? 'product.deleted' : 'product.updated'
        return chance() < 0.3
          ? [
              { type, row },
              { type, row },
            ]
          : [{ type, row }]
      })
    })
    for (const { type, row } of shuffled(letters, chance)) {
      const { status } = await sendEnvelope(shop, envelope({ event_type: type, data: row }))
      assert.equal(status, 202)
    }
    await shop.settled()
    const standing = async () => {
      const ids = products.map(({ id }) => id)
      const rows = await shop.db
        .selectFrom('mirror.product')
        .select(['id', 'version', 'deleted_at'])
        .where('id', 'in', ids)
        .execute()
      return Object.fromEntries(rows.map((row) => [row.id, `${row.version} ${row.deleted_at !== null}`]))
    }
    const truth = Object.fromEntries(
      products.map(({ id }) => {
        const row = store.get('products', id)
        return [id, `${row?.version} ${Boolean(row?.['deleted_at'])}`]
      }),
    )
    assert.deepEqual(await standing(), truth)
    await shop.syncFull('products')
    assert.deepEqual(await standing(), truth)
  },
}
