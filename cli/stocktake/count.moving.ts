import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'

type Wish = { id: string; to: 'OPEN' | 'RECEIVING' | 'RECEIVED'; dryRun: boolean }

/** Takes a count a step further, or only tries. */
export async function moveCount(api: Client, { id, to, dryRun }: Wish) {
  // A number of another kind of document is told before anything is moved.
  const one = api.api.v1.consignments[':id']
  await parseResponse(one.scope.$get({ param: { id } }))
  return parseResponse(one.transitions.$post({ param: { id }, json: { to, dryRun } }))
}
