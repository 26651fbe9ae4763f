import { consignmentTransition, consignmentValidate } from './consignment.deeds.ts'
import type { Deed } from './deed.ts'
import { queueFailed, queueProcess, queueStats } from './queue.deeds.ts'
import { sync, syncAll } from './sync.deeds.ts'
import { auditLogs, auditStatus, health, healthApi, version } from './watching.deeds.ts'
import { webhookEvents, webhookProcess } from './webhook.deeds.ts'

/** All that a script written against the earlier system may ask, by the name it knows. */
export const deeds = {
  sync,
  sync_all: syncAll,
  queue_stats: queueStats,
  queue_process: queueProcess,
  queue_failed: queueFailed,
  webhook_process: webhookProcess,
  webhook_events: webhookEvents,
  consignment_validate: consignmentValidate,
  consignment_transition: consignmentTransition,
  health,
  health_api: healthApi,
  audit_logs: auditLogs,
  audit_status: auditStatus,
  version,
} as const satisfies Record<string, Deed>

export type DeedName = keyof typeof deeds

export function isDeed(name: unknown): name is DeedName {
  return typeof name === 'string' && Object.hasOwn(deeds, name)
}
