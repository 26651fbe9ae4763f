import type { Job } from '../jobs/handler.ts'
import { archiveClosed, keepApprovals, sendPackaged, sendPickedUp } from './clock.actions.ts'

/** What has been packed long enough is on its way. */
export async function sendWhatIsPacked({ context, house, signal }: Job<'consignments.send-packaged'>) {
  await sendPackaged(context, { now: new Date(), signal, hours: house.config.clock.sendPackagedHours })
}

/** A courier said so. */
export async function sendWhatWasPickedUp({ context, args }: Job<'consignments.pick-up'>) {
  await sendPickedUp(context, args.consignmentId)
}

/** Every night: what has been closed for a year. */
export async function archiveWhatIsClosed({ context, house, signal }: Job<'consignments.archive'>) {
  await archiveClosed(context, { now: new Date(), signal, days: house.config.clock.archiveDays })
}

/** What waits for approval is never approved by time, only reminded of, and cancelled in the end. */
export async function keepTheQueue({ context, house, signal }: Job<'approvals.keep'>) {
  const { approvalRemindHours: remindHours, approvalExpireDays: expireDays } = house.config.clock
  await keepApprovals(context, { now: new Date(), signal, remindHours, expireDays })
}
