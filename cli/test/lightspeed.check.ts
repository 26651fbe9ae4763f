import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import type { Output } from '../output.ts'

export type Checked = { kind: string; origin: string | null; ms: number; retailer: string | null; outlets: number }

/** Asks Lightspeed now. Throws what the server answers: `lightspeed_unreachable`, `lightspeed_unauthorised`, … */
export async function checkLightspeed(api: Client, { aside }: Output): Promise<Checked> {
  if (aside.isTerminal) aside.line('Asking Lightspeed …')
  const { kind, origin } = await parseResponse(api.api.v1.lightspeed.$get())
  const check = await parseResponse(api.api.v1.lightspeed.checks.$post())
  return { kind, origin, ...check }
}

export function addressOf({ kind, origin }: Checked): string {
  const at = origin ?? 'an address that is not known yet'
  return kind === 'simulator' ? `the simulated retailer at ${at}` : at
}
