import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { consignment, consignmentProduct } from '../lightspeed/wire/consignments.ts'
import type { Header, RemoteType, There, ThereLine } from './sides.rules.ts'

type Asking = { client: Lightspeed; signal: AbortSignal }

const path = '/api/2.0/consignments'

/** A consignment with all of its lines; null where it is gone. Three requests, where it has at most one page of lines. */
export async function readThere({ client, signal }: Asking, id: string): Promise<There | null> {
  const head = await readHead({ client, signal }, id)
  if (!head) return null
  const { lines, version } = await readLines({ client, signal }, id)
  return { ...head, lines, version: Math.max(head.version, version) }
}

async function readHead({ client, signal }: Asking, id: string): Promise<Omit<There, 'lines'> | null> {
  try {
    const answer = await client.request({ method: 'GET', path: `${path}/${id}`, signal })
    return headIn(readContents(answer.body).records[0])
  } catch (error) {
    if (error instanceof LightspeedError && error.kind === 'not_found') return null
    throw error
  }
}

type Lines = { lines: ThereLine[]; version: number }

/**
 * A line that changes while its list is read comes again on a later page, and would count twice. Where a product does, all is
 * read anew; what is the same twice is so: old consignments have products in several rows.
 */
async function readLines(asking: Asking, id: string): Promise<Lines> {
  let before: Lines | undefined
  for (let reading = 1; ; reading += 1) {
    const { comesAgain, ...found } = await readLinesOnce(asking, id)
    if (!comesAgain || before?.version === found.version) return found
    if (reading === mostReadings) throw new Error(`The lines of ${id} change while they are read`)
    before = found
  }
}

const mostReadings = 5

/** Only an empty page is the end of a list. */
async function readLinesOnce({ client, signal }: Asking, id: string): Promise<Lines & { comesAgain: boolean }> {
  const lines = new Map<string, ThereLine>()
  let comesAgain = false
  for (let after = 0; ;) {
    const page = await client.list(endpoints.consignment_products, { params: { id }, after, deleted: false, signal })
    const before = new Set(lines.keys())
    for (const record of page.records) comesAgain = before.has(addTo(lines, record)) || comesAgain
    if (page.records.length === 0 || page.max === null || page.max <= after)
      return { lines: [...lines.values()], version: after, comesAgain }
    after = page.max
  }
}

/** Rows of one product add up. Answers which product it is. */
function addTo(lines: Map<string, ThereLine>, record: unknown): string {
  const row = consignmentProduct.parse(record)
  if (row.deleted_at !== null) return row.product_id
  const before = lines.get(row.product_id)
  lines.set(row.product_id, {
    productId: row.product_id,
    count: (before?.count ?? 0n) + amount(row.count),
    received: (before?.received ?? 0n) + amount(row.received),
    cost: row.cost === null ? (before?.cost ?? null) : amount(row.cost),
    rows: (before?.rows ?? 0) + 1,
  })
  return row.product_id
}

/** Consignments of a type, made or changed after a version; heads only. */
export async function listHeads(
  { client, signal }: Asking,
  { type, after: from }: { type: RemoteType; after: number },
): Promise<Omit<There, 'lines'>[]> {
  const heads: Omit<There, 'lines'>[] = []
  const params = { type }
  for (let after = from; ;) {
    const page = await client.list(endpoints.consignments, { params, after, deleted: false, signal })
    heads.push(...page.records.map(headIn))
    if (page.records.length === 0 || page.max === null || page.max <= after) return heads
    after = page.max
  }
}

/** The id of a consignment that was just created. */
export function createdId(body: unknown): string {
  return headIn(readContents(body).records[0]).id
}

function headIn(record: unknown): Omit<There, 'lines'> {
  const row = consignment.parse(record)
  return { id: row.id, version: row.version, status: row.status ?? '', header: headerIn(row) }
}

function headerIn(row: ReturnType<typeof consignment.parse>): Header {
  return {
    type: typeIn(row.type),
    outletId: row.outlet_id ?? '',
    sourceOutletId: row.source_outlet_id,
    supplierId: row.supplier_id,
    name: row.name ?? '',
    reference: row.reference,
    dueAt: row.due_at,
  }
}

const types: readonly RemoteType[] = ['SUPPLIER', 'OUTLET', 'RETURN', 'STOCKTAKE']

function typeIn(said: string | null): RemoteType {
  const type = types.find((one) => one === said)
  if (type) return type
  throw new Error(`Lightspeed calls the consignment a ${said}, which Consign does not know`)
}

/** A quantity or cost; Lightspeed writes totals with more places than lines. */
function amount(said: string | null): bigint {
  if (said === null) return 0n
  const value = readDecimal(said, quantityPlaces)
  if (value !== undefined) return value
  throw new Error(`Lightspeed says an amount of ${said}, which Consign cannot keep exactly`)
}
