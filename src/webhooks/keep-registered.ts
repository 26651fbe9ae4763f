import type { House } from '../house.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { webhooksEndpoint } from '../lightspeed/endpoints.ts'
import { carryOut, listHooks } from './registering.actions.ts'
import { planRegistrations, strangers } from './registrations.rules.ts'
import { findAddress, noteCheck } from './registrations.store.ts'

/**
 * At a start: whether Lightspeed still sends its webhooks where it was asked to; what is missing there is asked for
 * again. The simulated retailer, which lives and moves with us, always sends them to the server beside it. Never
 * throws: without webhooks the mirror is only a little later.
 */
export async function keepRegistered(house: House, ownUrl: string) {
  const { database, lightspeed, log } = house
  const client = lightspeed.client.causedBy('start')
  try {
    if (lightspeed.clientSecret !== null) return await registerSimulator(client, ownUrl)
    const address = await findAddress(database.db)
    if (!address) return
    const missing = await complete(client, address.origin)
    if (missing > 0) log.warn({ missing, origin: address.origin }, 'Webhooks were registered with Lightspeed again')
    await noteCheck(database.db, null)
  } catch (error) {
    log.warn({ error }, 'Whether Lightspeed sends its webhooks could not be checked')
    const problem = error instanceof Error ? error.message : String(error)
    await noteCheck(database.db, problem).catch(() => {})
  }
}

async function complete(client: Lightspeed, origin: string): Promise<number> {
  const missing = planRegistrations(origin, await listHooks(client)).filter(({ step }) => step !== 'keep')
  for (const registration of missing) await carryOut(client, registration)
  return missing.length
}

/** Hooks of an earlier start may lead to a port where nobody listens any more. */
async function registerSimulator(client: Lightspeed, origin: string) {
  for (const { id } of strangers(origin, await listHooks(client)))
    await client.request({ method: 'DELETE', path: `${webhooksEndpoint.path}/${id}` })
  await complete(client, origin)
}
