import { verifyAudit } from '../audit/verifying.actions.ts'
import { giveUp, type Job } from '../jobs/handler.ts'
import { writeSigned } from '../webhooks/letters-out.ts'
import { alertView, nameOfAddress, watch } from './alerts.actions.ts'
import { findAlert, pruneAlerts } from './alerts.store.ts'
import { saveAuditCheck } from './facts.store.ts'

/** Once a minute: opens alarms, and resolves those that are over. */
export async function watchOver({ house, context }: Job<'ops.watch'>) {
  await watch(house, context)
}

const longestAnswerMs = 10_000

/** Tells one address of an alarm, or that it is over. Whoever does not take it is asked again later. */
export async function handAlertOver({ args, house, signal }: Job<'ops.hand-over'>) {
  const { urls, secret } = house.config.alerts
  const url = urls.find((one) => nameOfAddress(one) === args.to)
  if (url === undefined) giveUp('The address that it was for is no longer in ALERT_WEBHOOK_URLS')
  const alert = await findAlert(house.database.db, Number(args.alertId))
  if (!alert) giveUp(`There is no alarm ${args.alertId} any more`)
  const letter = {
    event_id: `alert-${args.alertId}-${args.event}`,
    event_type: `alert.${args.event}`,
    created_at: new Date().toISOString(),
    data: alertView(alert),
  }
  const { body, headers } = writeSigned(letter, secret)
  const timing = AbortSignal.any([signal, AbortSignal.timeout(longestAnswerMs)])
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: timing })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`The address answered ${answer.status}`)
}

/** Every night: computes the whole chain of the audit again, and keeps what it found for the alarm. */
export async function checkAudit({ house, context }: Job<'audit.verify'>) {
  const { rows, fault } = await verifyAudit(context)
  await saveAuditCheck(house.database.db, { rows, fault: fault?.message ?? null })
}

const keepDays = 90
const bundle = 5_000

/** Forgets alarms that were over 90 days ago. */
export async function pruneOldAlerts({ house, signal }: Job<'ops.prune'>) {
  while (!signal.aborted && (await pruneAlerts(house.database.db, keepDays, bundle)) === bundle);
}
