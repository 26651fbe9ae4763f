import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Fields } from '../writes/merging.rules.ts'
import { mergeFields } from '../writes/merging.rules.ts'
import { wishFor } from '../writes/wishing.actions.ts'
import { rehearsal, wished } from '../writes/writes.view.ts'
import { hasReference, findMirrored } from './changing.store.ts'
import { listHits } from './codes.store.ts'
import { fieldsOf } from './product-fields.rules.ts'
import { changeRequest, creationRequest, deletionRequest } from './product-requests.rules.ts'

type Asked = { set: Fields; reason: string | null; dryRun: boolean }

/** Has a product made in Lightspeed. 409 `code_taken` where its SKU or a code belongs to another. */
export async function makeProduct(context: Context, { set, reason, dryRun }: Asked) {
  must(context.actor, 'products:write')
  const { db } = context.database
  await checkReferences(db, set)
  await checkCodes(db, set, null)
  if (dryRun) return rehearsal([creationRequest(set, '{id}')])
  const sku = `product-sku:${String(set['sku'])}`
  const wish = { kind: 'product.create', subjects: [sku], wish: { set }, reason } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wish)))
}

type Target = { id: string; ifMatch: readonly string[] | undefined }

/** Has some of its fields changed there. What somebody changes in Lightspeed meanwhile is not written over. */
export async function changeProduct(context: Context, { id, ifMatch }: Target, { set, reason, dryRun }: Asked) {
  must(context.actor, 'products:write')
  const { db } = context.database
  const there = await mirrored(db, { id, ifMatch })
  await checkReferences(db, set)
  await checkCodes(db, set, id)
  const supplierId = set['supplierId'] ?? there.supplier_id ?? there.suppliers[0]?.supplier_id ?? null
  if (supplierId === null && ('supplyPrice' in set || 'supplierCode' in set))
    throw new Refusal(
      'not_lawful',
      'product_without_supplier',
      'Lightspeed keeps cost and supplier code with a supplier: give supplierId too',
    )
  const current = fieldsOf(there)
  const before = Object.fromEntries(Object.keys(set).map((name) => [name, current[name] ?? null]))
  if (dryRun) {
    const { toWrite } = mergeFields({ set, before, earlier: [], current })
    return rehearsal(toWrite.length === 0 ? [] : [changeRequest(id, toWrite, { set, there })])
  }
  const wish = {
    kind: 'product.update',
    subjects: [subjectOf(id)],
    wish: { productId: id, set, before },
    reason,
  } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wish)))
}

/** Has it deleted there. */
export async function removeProduct(context: Context, target: Target, { reason, dryRun }: Omit<Asked, 'set'>) {
  must(context.actor, 'products:write')
  const { id } = target
  const { name, sku } = await mirrored(context.database.db, target)
  if (dryRun) return rehearsal([deletionRequest(id)])
  const wish = {
    kind: 'product.delete',
    subjects: [subjectOf(id)],
    wish: { productId: id, name, sku },
    reason,
  } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wish)))
}

function subjectOf(id: string): string {
  return `product:${id}`
}

async function mirrored(db: Db, { id, ifMatch }: Target) {
  const there = await findMirrored(db, id)
  if (!there) throw new Refusal('not_found', 'product_unknown', `The mirror has no product ${id}`)
  if (ifMatch === undefined || ifMatch.includes(String(there.version))) return there
  const message = `The product is at version ${there.version} by now: look at it again`
  throw new Refusal('conflict', 'version_stale', message, { version: there.version, asked: ifMatch })
}

async function checkReferences(db: Db, set: Fields) {
  for (const [field, table] of [['supplierId', 'supplier'] as const, ['brandId', 'brand'] as const]) {
    const id = set[field]
    if (typeof id === 'string' && !(await hasReference(db, table, id)))
      throw new Refusal('not_found', `${table}_unknown`, `${field}: the mirror has no ${table} ${id}`)
  }
}

/** A code that leads to two products leads to none: it would have to be asked for at every scan. */
async function checkCodes(db: Db, set: Fields, id: string | null) {
  const codes = [...(typeof set['sku'] === 'string' ? [set['sku']] : []), ...listIn(set['codes'])]
  const asked = codes.map((code, at) => ({ at, place: 0, code, isInside: false }))
  const hits = await listHits(db, asked)
  const hit = hits.find(({ product_id: owner, how }) => how !== 'taught' && owner !== id)
  if (!hit) return
  const message = `${codes[hit.at]} belongs to another product: ${hit.product_id}`
  throw new Refusal('conflict', 'code_taken', message, { code: codes[hit.at], products: [hit.product_id] })
}

function listIn(value: Fields[string] | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
