import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { asksFirst, type Tier } from './approving.rules.ts'

/** The rows in force for a type of document. */
export async function listTiers(db: Db, type: string): Promise<Tier[]> {
  const rows = await db
    .selectFrom('approval_tier')
    .selectAll()
    .where('type', '=', type)
    .where('is_on', '=', true)
    .execute()
  return rows.map(({ up_to, role, outlet_id, supplier_id }) => ({
    upTo: up_to === null ? null : centsIn(up_to),
    role,
    outletId: outlet_id,
    supplierId: supplier_id,
  }))
}

/** In whose name somebody may act at an outlet, and with which role. */
export type Authority = { role: string; onBehalfOf: string | null }

/** His own roles, and those of who has handed them on to him for now. */
export async function listAuthorities(db: Db, actor: string, outletId: string): Promise<Authority[]> {
  const { rows } = await sql<Authority>`
    select role, null as "onBehalfOf" from role_grant
      where actor = ${actor} and (outlet_id is null or outlet_id = ${outletId})
    union all
    select g.role, d.from_actor from approval_delegation d join role_grant g on g.actor = d.from_actor
      where d.to_actor = ${actor} and d.starts_at <= now() and d.ends_at > now()
        and (g.outlet_id is null or g.outlet_id = ${outletId})`.execute(db)
  return rows
}

export async function mayApproveOwn(db: Db): Promise<boolean> {
  const { own_allowed } = await db.selectFrom('approval_setting').select('own_allowed').executeTakeFirstOrThrow()
  return own_allowed
}

/** Whether a document of this total is approved first, as the tiers stand now. */
export async function isAskedFirst(db: Db, { id, type, outlet_id, supplier_id }: Asking): Promise<boolean> {
  const tiers = await listTiers(db, type)
  if (tiers.length === 0) return type === 'PURCHASE_ORDER'
  return asksFirst(type, tiers, { total: await readTotal(db, id), outletId: outlet_id, supplierId: supplier_id })
}

type Asking = { id: string; type: string; outlet_id: string; supplier_id: string | null }

/** What the lines come to without tax, in cents. */
export async function readTotal(db: Db, consignmentId: string): Promise<bigint> {
  const { total } = await db
    .selectFrom('consignment_line')
    .where('consignment_id', '=', consignmentId)
    .select(sql<string>`coalesce(sum(round(quantity * unit_cost, 2)), 0)::numeric(20, 2)`.as('total'))
    .executeTakeFirstOrThrow()
  return centsIn(total)
}

export function centsIn(numeric: string): bigint {
  const cents = readDecimal(numeric, 2)
  if (cents === undefined) throw new Error(`The database holds ${numeric} where cents are`)
  return cents
}
