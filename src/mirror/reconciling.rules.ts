/** How a record of the mirror and Lightspeed's differ. */
type DifferenceKind = 'missing' | 'behind' | 'ahead' | 'altered' | 'gone' | 'unreadable'

/** Why, in words for people. Everything but `unexplained` needs nobody's eye. */
export const explanations = {
  in_flight: 'changed within the last minutes: the next look brings it',
  webhook_late: 'newer than what was read so far: no webhook told of it yet',
  webhook_word: 'a webhook told it, and Lightspeed says otherwise',
  tombstone_missed: 'deleted on one side only',
  unversioned: 'changed at Lightspeed without a new version',
  manual_edit: 'changed by hand in the mirror',
  older_version: 'the mirror holds a version that Lightspeed does not have',
  set_aside: 'cannot be stored: it stands among the rejected records',
  unexplained: 'was passed by the sync, and nobody knows why it differs',
} as const
export type Explanation = keyof typeof explanations

/** A record that is not the same on both sides. Versions are null where a side does not have it. */
export type Compared = {
  recordId: string
  mirrorVersion: number | null
  lightspeedVersion: number | null
  isDeletedHere: boolean
  isDeletedThere: boolean
  /** When the row was last written here. */
  syncedAt: Date | null
  /** When Lightspeed changed it, where the record says so. */
  changedAt: Date | null
  /** A webhook brought this row, and no reading has confirmed it. */
  isCarried: boolean
  isAside: boolean
  fields: string[]
  levels: object | null
}

export type Judged = { kind: DifferenceKind; explanation: Explanation; repair: Repair }

/** `merge`: the newer version wins by itself. `replace`: the mirror first forgets its version. `leave`: it mends itself. */
type Repair = 'merge' | 'replace' | 'bury' | 'leave'

const inFlightMs = 5 * 60_000

/** What a difference is, and what is done about it. `syncedTo`: the version up to which the sync has read. */
export function judge(found: Compared, { syncedTo, now }: { syncedTo: number; now: Date }): Judged {
  const { mirrorVersion: here, lightspeedVersion: there } = found
  if (there === null) return judgeGone(found)
  if (here === null) return { kind: 'missing', explanation: whyOld(found, there, { syncedTo, now }), repair: 'merge' }
  if (there > here) return { kind: 'behind', explanation: whyOld(found, there, { syncedTo, now }), repair: 'merge' }
  if (there < here) return judgeAhead(found, now)
  return { kind: 'altered', explanation: whyAltered(found), repair: 'replace' }
}

function judgeGone({ isCarried }: Compared): Judged {
  return { kind: 'gone', explanation: isCarried ? 'webhook_word' : 'tombstone_missed', repair: 'bury' }
}

/** News that came in after its page had been fetched looks like this, too, and is left. */
function judgeAhead({ syncedAt, isCarried }: Compared, now: Date): Judged {
  if (isRecent(syncedAt, now)) return { kind: 'ahead', explanation: 'in_flight', repair: 'leave' }
  return { kind: 'ahead', explanation: isCarried ? 'webhook_word' : 'older_version', repair: 'replace' }
}

function whyOld(found: Compared, there: number, { syncedTo, now }: { syncedTo: number; now: Date }): Explanation {
  if (found.isAside) return 'set_aside'
  if (there > syncedTo) return isRecent(found.changedAt, now) ? 'in_flight' : 'webhook_late'
  if (isRecent(found.changedAt, now)) return 'in_flight'
  return found.isDeletedThere && !found.isDeletedHere && found.mirrorVersion !== null
    ? 'tombstone_missed'
    : 'unexplained'
}

function whyAltered({ isCarried, isDeletedHere, isDeletedThere, fields }: Compared): Explanation {
  if (isCarried) return 'webhook_word'
  if (isDeletedHere !== isDeletedThere) return 'tombstone_missed'
  return fields.includes('raw') ? 'unversioned' : 'manual_edit'
}

function isRecent(time: Date | null, now: Date): boolean {
  return time !== null && time.getTime() > now.getTime() - inFlightMs
}

/** More than these at once are not gone: then it is the answer of Lightspeed that is short. */
export function areTooManyGone(gone: number, compared: number): boolean {
  return gone > Math.max(50, compared * 0.02)
}
