import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'

/** All dead letters, or those of a kind. */
export function deadFilter(kind: string | undefined) {
  return kind === undefined ? { all: true as const } : { kind }
}

export async function countDead(api: Client, kind: string | undefined): Promise<number> {
  const { kinds, totals } = await parseResponse(api.api.v1.jobs.stats.$get())
  return kind === undefined ? totals.dead : (kinds.find((one) => one.kind === kind)?.dead ?? 0)
}
