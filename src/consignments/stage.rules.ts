import type { Approval, Status } from './lifecycle.rules.ts'

export const links = ['none', 'queued', 'synced', 'failed', 'conflict'] as const

/**
 * Does Lightspeed know? `none`: nothing was pushed yet; `queued`: a push waits or runs; `synced`: read back and the
 * same; `failed`: the push lies in the dead letters; `conflict`: both sides changed, and somebody must choose.
 */
export type Link = (typeof links)[number]

/** The life of a purchase order as buyers name it: shown, never stored. */
export type Stage =
  | 'DRAFT'
  | 'PENDING_APPROVAL'
  | 'APPROVED'
  | 'SENT'
  | 'SENT_TO_LS'
  | 'IN_TRANSIT'
  | 'RECEIVED'
  | 'COMPLETE'
  | 'FAILED'
  | 'CANCELLED'

export type Staged = { status: Status; approval: Approval; link: Link; isShipped: boolean }

/** What a buyer calls a purchase order in this state. */
export function stageOf({ status, approval, link, isShipped }: Staged): Stage {
  if (status === 'DRAFT') return approval === 'pending' ? 'PENDING_APPROVAL' : 'DRAFT'
  if (status === 'CANCELLED') return 'CANCELLED'
  if (link === 'failed') return 'FAILED'
  return status === 'SENT' ? sentStage(link, isShipped) : laterStages[status]
}

function sentStage(link: Link, isShipped: boolean): Stage {
  if (link === 'queued') return 'SENT_TO_LS'
  return isShipped || link === 'synced' ? 'IN_TRANSIT' : 'SENT'
}

/** A purchase order is never packed here; of what it shares with other types it takes the nearest. */
const laterStages: Record<Exclude<Status, 'DRAFT' | 'SENT' | 'CANCELLED'>, Stage> = {
  OPEN: 'APPROVED',
  PACKING: 'APPROVED',
  PACKAGED: 'APPROVED',
  RECEIVING: 'IN_TRANSIT',
  PARTIAL: 'IN_TRANSIT',
  RECEIVED: 'RECEIVED',
  CLOSED: 'COMPLETE',
  ARCHIVED: 'COMPLETE',
}
