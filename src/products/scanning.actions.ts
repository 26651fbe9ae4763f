import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { codesToFind, readBarcode, subjectOf, type Barcode } from './barcode.rules.ts'
import { deleteTaught, listHits, lockTaught, saveTaught, type Taught } from './codes.store.ts'
import { productView } from './product.view.ts'
import { hasProduct, listProductRows } from './products.store.ts'
import { resolveCodes } from './resolving.actions.ts'
import { readingOf } from './resolving.rules.ts'

/** What a scanned code means: one product, and how many of it. 404 `code_unknown`, 409 `code_ambiguous`. */
export async function readScan(
  { database, actor }: Pick<Context, 'database' | 'actor'>,
  code: string,
  outletId: string | null,
) {
  must(actor, 'products:read')
  const { db } = database
  const meant = (await resolveCodes(db, [code])).get(code)
  if (!meant) throw new Error('A code was asked for and not answered')
  if (meant.kind !== 'product') throw meant.refusal
  const { productId, units, how } = meant
  const [product] = await listProductRows(db, [productId], outletId)
  if (!product) throw new Refusal('not_found', 'product_unknown', `The mirror has no product ${productId}`)
  return { code, product: productView(product), units, how, read: readingOf(readBarcode(code)) }
}

type Teaching = { productId: string; units: string; dryRun?: boolean }

/** Keeps what a code means, or with `dryRun` only says what that would be. Teaching the same twice changes nothing; whose code it is in Lightspeed stays as it is. */
export async function teachCode(context: Context, code: string, { productId, units, dryRun = false }: Teaching) {
  const { database, actor, correlationId } = context
  must(actor, 'codes:teach')
  const barcode = readBarcode(code)
  const subject = teachable(barcode)
  return (dryRun ? rehearse : inTransaction)(database, async ({ db }) => {
    const before = await lockTaught(db, subject)
    await refuseForeign(db, barcode, productId)
    if (before?.product_id === productId && before.units === units) return { isNew: false, ...taughtView(before) }
    const after = taughtView(await saveTaught(db, { code: subject, productId, units, by: actor.id }))
    const what = { action: 'code.taught', entity: 'taught_code', entityId: subject }
    await record(db, { ...what, before: before ? taughtView(before) : null, after, actor: actor.id, correlationId })
    return { isNew: before === undefined, ...after }
  })
}

/** Forgets what was taught; 404 `code_not_taught` when nothing was. */
export async function forgetCode(
  { database, actor, correlationId }: Context,
  code: string,
  { dryRun = false }: { dryRun?: boolean } = {},
) {
  must(actor, 'codes:teach')
  const subject = subjectOf(readBarcode(code))
  return (dryRun ? rehearse : inTransaction)(database, async ({ db }) => {
    const known = await lockTaught(db, subject)
    if (!known) throw new Refusal('not_found', 'code_not_taught', `Nobody taught what ${subject} is`)
    await deleteTaught(db, subject)
    const before = taughtView(known)
    const what = { action: 'code.forgotten', entity: 'taught_code', entityId: subject, before, after: null }
    await record(db, { ...what, actor: actor.id, correlationId })
    return before
  })
}

function teachable(barcode: Barcode): string {
  const subject = subjectOf(barcode)
  if (barcode.wrong !== null || (barcode.gtin === null && barcode.elements.length > 0))
    throw new Refusal(
      'not_valid',
      'code_not_teachable',
      `${subject.replaceAll('\u001D', ' ')} names no article: a label is taught by its (01) or (02)`,
    )
  return subject
}

/** A code that Lightspeed gives to other products is put right there, not here. */
async function refuseForeign(db: Db, barcode: Barcode, productId: string) {
  if (!(await hasProduct(db, productId)))
    throw new Refusal('not_found', 'product_unknown', `productId: the mirror has no product ${productId}`)
  const forms = codesToFind(barcode).itself.map((code, place) => ({ at: 0, place, code, isInside: false }))
  const hits = await listHits(db, forms)
  const owners = hits.filter(({ how }) => how !== 'taught').map(({ product_id: owner }) => owner)
  if (owners.length === 0 || owners.includes(productId)) return
  const message = `${barcode.text} belongs to another product in Lightspeed: change it there`
  throw new Refusal('conflict', 'code_taken', message, { products: owners })
}

function taughtView({ code, product_id, units, taught_by, taught_at }: Taught) {
  return { code, productId: product_id, units, taughtBy: taught_by, taughtAt: taught_at.toISOString() }
}
