import { pushBrokenOff } from './25-push-broken-off.ts'
import { pushesInOrder } from './27-pushes-in-order.ts'
import { killedWhilePushing } from './28-killed-while-pushing.ts'
import type { Scenario } from './scenario.ts'

/** Faults of what is pushed to Lightspeed. */
export const scenariosOfTheBridge: readonly Scenario[] = [pushBrokenOff, pushesInOrder, killedWhilePushing]
