import { parseResponse } from 'hono/client'
import { Refusal } from '#src/kernel/refusal.ts'
import type { Client } from '../client.ts'

/** The schedule of this name as it stands. Throws a Refusal for an unknown one. */
export async function scheduleNamed(api: Client, name: string) {
  const { data } = await parseResponse(api.api.v1.schedules.$get())
  const found = data.find((one) => one.name === name)
  if (found) return found
  const known = data.map((one) => one.name).join(', ')
  throw new Refusal('not_found', 'schedule_unknown', `There is no schedule ${name}. There are: ${known}`)
}
