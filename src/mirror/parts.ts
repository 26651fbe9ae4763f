import { z } from 'zod'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { endpoints, type Endpoint } from '../lightspeed/endpoints.ts'
import type { Entity } from './entity.ts'
import { versionAt, type RunRow } from './runs.store.ts'

/** Which part of an entity a run reads. */
export const part = z.object({
  /** A time or a version: nothing that changed after it. */
  until: z.string().max(40).optional(),
  outlet: z.string().min(1).max(100).optional(),
  product: z.string().min(1).max(100).optional(),
  status: z.string().min(1).max(100).optional(),
})
export type Part = z.infer<typeof part>

/** The filters that Lightspeed's lists have, and the entities that have them. */
const offered = { outlet: 'consignments', product: 'inventory', status: 'consignments' } as const

/** Throws a Refusal (422) that names the filter which Lightspeed does not offer for one of the entities. */
export function refuseUnofferedParts(names: readonly string[], wish: Part, isAnchored: boolean) {
  for (const [filter, entity] of Object.entries(offered)) {
    if (!(filter in wish) || names.every((name) => name === entity)) continue
    const message = `${filter}: Lightspeed offers this filter for ${entity} only, not for ${names.find((name) => name !== entity)}`
    throw new Refusal('not_valid', 'filter_not_offered', message, { filter, offered: [entity] })
  }
  if (wish.until !== undefined && !isAnchored)
    throw new Refusal('not_valid', 'until_alone', 'until: say from where too, by since or full')
}

/** What a walk is narrowed to. */
export type Only = { endpoint: Endpoint; params: Record<string, string>; until: number | undefined }

/** Of a run that reads only a part: where to ask, and up to which version. */
export async function onlyOf(db: Db, run: RunRow, entity: Entity): Promise<Only | undefined> {
  if (run.part === null) return undefined
  const { until, outlet, product, status } = part.parse(run.part)
  const endpoint = product === undefined ? endpoints[entity.endpoint] : endpoints.product_inventory
  const params = {
    ...(product === undefined ? {} : { id: product }),
    ...(outlet === undefined ? {} : { outlet_id: outlet }),
    ...(status === undefined ? {} : { status }),
  }
  return { endpoint, params, until: until === undefined ? undefined : await versionOf(db, entity, until) }
}

function versionOf(db: Db, { table }: Entity, mark: string): Promise<number> | number {
  return /^\d+$/.test(mark) ? Number(mark) : versionAt(db, table, new Date(mark))
}
