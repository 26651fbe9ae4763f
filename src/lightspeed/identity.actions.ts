import type { LightspeedSettings } from '../lightspeed-settings.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { noteIdentity } from './identity.store.ts'

/**
 * A mirror of two retailers could never be told apart again: a database stays with the one it began with. A simulated
 * shop is named by its seed and scale, a real one by its domain prefix where that is known.
 */
export async function keepToOneRetailer(db: Db, settings: LightspeedSettings) {
  const identity = identityOf(settings)
  const known = await noteIdentity(db, identity)
  if (known === identity) return
  throw new Refusal(
    'misconfigured',
    'other_retailer',
    `This database mirrors ${known}, but the settings name ${identity}. Give the other retailer a database of its own: ` +
      'set CONSIGN_DATA_DIR (or DATABASE_URL) to a new place.',
    { known, identity },
  )
}

/** How the retailer is called, in words, wherever two could be confused. */
export function identityOf(settings: LightspeedSettings): string {
  if (settings.kind === 'simulator')
    return `the simulated retailer (SIM_SEED=${settings.seed}, SIM_SCALE=${settings.scale})`
  if (settings.domainPrefix) return `the Lightspeed retailer ${settings.domainPrefix}`
  const host = settings.origin === undefined ? '' : new URL(settings.origin).hostname
  return isThisMachine(host) ? 'a Lightspeed retailer' : `the Lightspeed retailer at ${host}`
}

/** An address of this machine says nothing of who answers there. */
function isThisMachine(host: string): boolean {
  return host === '' || host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}
