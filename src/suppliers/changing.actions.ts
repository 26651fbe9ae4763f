import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { mergeFields, type Fields } from '../writes/merging.rules.ts'
import { wishFor } from '../writes/wishing.actions.ts'
import { rehearsal, wished } from '../writes/writes.view.ts'
import { changeRequest, creationRequest, fieldsOf } from './supplier-fields.rules.ts'
import { findMirrored, findNamesake } from './suppliers.store.ts'

type Asked = { set: Fields; reason: string | null; dryRun: boolean }

/** Has a supplier made in Lightspeed. 409 `supplier_name_taken` where another is called so. */
export async function makeSupplier(context: Context, { set, reason, dryRun }: Asked) {
  must(context.actor, 'suppliers:write')
  await checkName(context.database.db, set, null)
  if (dryRun) return rehearsal([creationRequest(set)])
  const subjects = [`supplier-name:${String(set['name'])}`]
  const wish = { kind: 'supplier.create', subjects, wish: { set }, reason } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wish)))
}

type Target = { id: string; ifMatch: readonly string[] | undefined }

/** Has some of its fields changed there. What somebody changes in Lightspeed meanwhile is not written over. */
export async function changeSupplier(context: Context, { id, ifMatch }: Target, { set, reason, dryRun }: Asked) {
  must(context.actor, 'suppliers:write')
  const { db } = context.database
  const there = await findMirrored(db, id)
  if (!there) throw new Refusal('not_found', 'supplier_unknown', `The mirror has no supplier ${id}`)
  if (ifMatch !== undefined && !ifMatch.includes(String(there.version))) {
    const message = `The supplier is at version ${there.version} by now: look at it again`
    throw new Refusal('conflict', 'version_stale', message, { version: there.version, asked: ifMatch })
  }
  await checkName(db, set, id)
  const current = fieldsOf(there)
  const before = Object.fromEntries(Object.keys(set).map((name) => [name, current[name] ?? null]))
  if (dryRun) {
    const { toWrite } = mergeFields({ set, before, earlier: [], current })
    return rehearsal(toWrite.length === 0 ? [] : [changeRequest(id, set, there)])
  }
  const wish = { supplierId: id, set, before }
  const wanted = { kind: 'supplier.update', subjects: [`supplier:${id}`], wish, reason } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wanted)))
}

async function checkName(db: Db, { name }: Fields, id: string | null) {
  if (typeof name !== 'string') return
  const other = await findNamesake(db, name, id)
  if (other === undefined) return
  throw new Refusal('conflict', 'supplier_name_taken', `Another supplier is called ${name}: ${other}`, {
    supplierId: other,
  })
}
