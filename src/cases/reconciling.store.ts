import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { kinds, type Counted, type Kind } from './variance.rules.ts'
import type { Existing, Outcome } from './plan.rules.ts'

type CountedRow = {
  lineId: string
  quantity: string
  packed: string
  received: string | null
  damaged: string
  wrong: string
  inStore: string
  expired: string
}

/** The lines of a document with what was scanned as damaged, expired or wrong, by reason. */
export async function listCounted(db: Db, consignmentId: string): Promise<Counted[]> {
  const { rows } = await sql<CountedRow>`
    select l.id as "lineId", l.quantity, l.packed, l.received, l.damaged, coalesce(s.wrong, 0) as wrong,
      coalesce(s.in_store, 0) as "inStore", coalesce(s.expired, 0) as expired
    from consignment_line l
    left join (
      select product_id, sum(quantity) filter (where condition = 'wrong_item') as wrong,
        sum(quantity) filter (where condition = 'damaged_in_store') as in_store,
        sum(quantity) filter (where condition = 'expired') as expired
      from scan_event where consignment_id = ${consignmentId} and condition not in ('good', 'damaged_in_transit')
      group by product_id
    ) s on s.product_id = l.product_id
    where l.consignment_id = ${consignmentId}
    order by l.position`.execute(db)
  return rows.map(countedOf)
}

function countedOf({ lineId, quantity, packed, received, damaged, wrong, inStore, expired }: CountedRow): Counted {
  const inTransit = signed(damaged) - signed(inStore) - signed(expired) - signed(wrong)
  return {
    lineId,
    quantity: signed(quantity),
    packed: signed(packed),
    received: received === null ? null : signed(received),
    wrongItems: signed(wrong),
    unusable: { damaged_in_transit: inTransit, damaged_in_store: signed(inStore), expired: signed(expired) },
  }
}

/** All cases of a document, whatever became of them. */
export async function listExisting(db: Db, consignmentId: string): Promise<Existing[]> {
  const rows = await db
    .selectFrom('discrepancy_case')
    .select(['id', 'line_id', 'kind', 'quantity', 'outcome'])
    .where('consignment_id', '=', consignmentId)
    .orderBy('opened_at')
    .execute()
  return rows.map(({ id, line_id, kind, quantity, outcome }) => ({
    id,
    lineId: line_id,
    kind: kindOf(kind),
    quantity: signed(quantity),
    isOpen: outcome === null,
  }))
}

export type NewCase = { lineId: string; kind: Kind; quantity: Quantity }

/** Opens cases in one statement; owner and day are those of the rules of now. */
export async function insertCases(
  tx: Db,
  head: { id: string; type: string; outlet_id: string; source_outlet_id: string | null },
  { cases, actor }: { cases: readonly NewCase[]; actor: string },
): Promise<void> {
  if (cases.length === 0) return
  await sql`
    insert into discrepancy_case (consignment_id, line_id, kind, quantity, opened_quantity, owner, owner_outlet_id, due_at, opened_by)
    select ${head.id}, given.line_id, given.kind, given.quantity, given.quantity, 'role:' || rule.role,
      case rule.side when 'source' then ${head.source_outlet_id} else ${head.outlet_id} end,
      now() + make_interval(days => rule.days), ${actor}
    from unnest(${cases.map(({ lineId }) => lineId)}::uuid[], ${cases.map(({ kind }) => kind)}::text[],
      ${cases.map(({ quantity }) => sayDecimal(quantity, quantityPlaces))}::numeric[]) as given (line_id, kind, quantity)
    left join discrepancy_rule rule on rule.type = ${head.type} and rule.kind = given.kind`.execute(tx)
}

export async function changeQuantities(tx: Db, changes: readonly { id: string; quantity: Quantity }[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update discrepancy_case c set quantity = given.quantity, version = c.version + 1
    from unnest(${changes.map(({ id }) => id)}::uuid[],
      ${changes.map(({ quantity }) => sayDecimal(quantity, quantityPlaces))}::numeric[]) as given (id, quantity)
    where c.id = given.id`.execute(tx)
}

/** What a later count explains away: nothing is left of it. */
export async function closeExplained(
  tx: Db,
  closed: readonly { id: string; outcome: Outcome }[],
  actor: string,
): Promise<void> {
  if (closed.length === 0) return
  await sql`
    update discrepancy_case c
    set quantity = 0, outcome = given.outcome, settled_by = ${actor}, settled_at = now(), version = c.version + 1
    from unnest(${closed.map(({ id }) => id)}::uuid[], ${closed.map(({ outcome }) => outcome)}::text[]) as given (id, outcome)
    where c.id = given.id`.execute(tx)
}

function signed(numeric: string): Quantity {
  const value = readDecimal(numeric, quantityPlaces)
  if (value === undefined) throw new Error(`The database holds the quantity ${numeric}`)
  return value
}

/** The database's check holds the column to these words. */
function kindOf(given: string): Kind {
  const kind = kinds.find((one) => one === given)
  if (kind !== undefined) return kind
  throw new Error(`The database holds a case of the kind "${given}"`)
}
