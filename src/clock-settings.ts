/** What happens to documents by the clock, and from when on they count as stuck. */
export type ClockSettings = {
  sendPackagedHours: number
  takeInPartialHours: number
  archiveDays: number
  approvalRemindHours: number
  approvalExpireDays: number
  lateSentDays: number
  latePartialDays: number
}

type Given = Record<
  | 'SEND_PACKAGED_AFTER_HOURS'
  | 'TAKE_IN_PARTIAL_AFTER_HOURS'
  | 'ARCHIVE_AFTER_DAYS'
  | 'APPROVAL_REMIND_AFTER_HOURS'
  | 'APPROVAL_EXPIRE_AFTER_DAYS'
  | 'LATE_SENT_DAYS'
  | 'LATE_PARTIAL_DAYS',
  number
>

/** From the settings that config.ts has read. */
export function clockOf(data: Given): ClockSettings {
  return {
    sendPackagedHours: data.SEND_PACKAGED_AFTER_HOURS,
    takeInPartialHours: data.TAKE_IN_PARTIAL_AFTER_HOURS,
    archiveDays: data.ARCHIVE_AFTER_DAYS,
    approvalRemindHours: data.APPROVAL_REMIND_AFTER_HOURS,
    approvalExpireDays: data.APPROVAL_EXPIRE_AFTER_DAYS,
    lateSentDays: data.LATE_SENT_DAYS,
    latePartialDays: data.LATE_PARTIAL_DAYS,
  }
}
