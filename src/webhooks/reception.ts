import type { House } from '../house.ts'
import { openIntake } from './intake.ts'
import type { Reception } from './receiving.actions.ts'

const receptions = new WeakMap<House, Reception>()

/** The one reception of a house, so that all that comes at the same moment can be committed together. */
export function receptionOf(house: House): Reception {
  const open = receptions.get(house) ?? { settings: settingsOf(house), intake: openIntake(house.database) }
  receptions.set(house, open)
  return open
}

/** The simulated retailer has an app of its own, whose secret nobody has to type. */
function settingsOf({ config: { webhooks }, lightspeed: { clientSecret } }: House) {
  if (clientSecret === null) return webhooks
  return { ...webhooks, lightspeedSecrets: [...webhooks.lightspeedSecrets, clientSecret] }
}
