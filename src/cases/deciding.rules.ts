/** What becomes of what is still owed: ordered on in a document of its own, no longer wanted, or claimed. */
export const lineDecisions = ['back_order', 'cancel', 'claim'] as const

export type LineDecision = (typeof lineDecisions)[number]
