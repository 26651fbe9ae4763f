/** Why somebody should look at a document, in words. */
export const attentionReasons = {
  overdue: 'its day has passed',
  sent_too_long: 'under way for too long',
  partial_too_long: 'the rest has not come',
  packing_abandoned: 'being packed, and nobody packs',
  packed_too_long: 'packed, and cannot be sent by itself',
  push_failed: 'Lightspeed was not told',
  push_conflict: 'Lightspeed says something else',
} as const

export type AttentionReason = keyof typeof attentionReasons

const names = Object.keys(attentionReasons).filter(isAttentionReason)

/** Which reasons are asked for: those that are late, those that are stuck, or without a wish all. */
export function reasonsFor({ overdue, stuck }: { overdue: boolean; stuck: boolean }): AttentionReason[] {
  if (overdue === stuck) return names
  return names.filter((reason) => (reason === 'overdue') === overdue)
}

function isAttentionReason(name: string): name is AttentionReason {
  return Object.hasOwn(attentionReasons, name)
}
