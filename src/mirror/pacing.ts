import type { House } from '../house.ts'
import { identityOf } from '../lightspeed/identity.actions.ts'
import type { Pacing } from './looking.actions.ts'

/** How often this house looks at Lightspeed at the most, and whose budget tells whether it may. */
export function pacingOf({ config }: House): Pacing {
  return { quickestSeconds: config.syncEverySeconds, retailer: identityOf(config.lightspeed) }
}
