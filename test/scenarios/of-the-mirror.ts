import type { Scenario } from './scenario.ts'

/** Faults of syncs, webhooks and of Lightspeed. */
export const scenariosOfTheMirror: readonly Scenario[] = []
