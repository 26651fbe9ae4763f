import { Refusal } from '../kernel/refusal.ts'

/** Who packs a document, and who would like to. */
export type Lock = { holder: string; takenAt: Date; beatAt: Date; wantedBy: string | null; wantedAt: Date | null }

/** A lock is good for so long after its last sign of life. */
const heldSeconds = 300
/** After so long without one, anybody may take it without asking. */
const staleSeconds = 90
/** So long the packer has to answer somebody who asks; silence gives. */
const answerSeconds = 60

/** The lock as it is at a moment: passed on where the packer kept silent, undefined where nobody packs. */
export function lockAt(lock: Lock | undefined, now: Date): Lock | undefined {
  if (!lock) return undefined
  const { wantedBy, wantedAt } = lock
  const givenAt = wantedAt && after(wantedAt, answerSeconds)
  const current = wantedBy !== null && givenAt && givenAt <= now ? heldBy(wantedBy, givenAt) : lock
  return after(current.beatAt, heldSeconds) <= now ? undefined : current
}

/** Somebody begins to pack, or shows that he still does. Throws a Refusal (409) while somebody else does. */
export function taken(lock: Lock | undefined, who: string, now: Date): Lock {
  const current = lockAt(lock, now)
  if (current?.holder === who) return { ...current, beatAt: now }
  if (current && !isStale(current, now)) throw held(current)
  return heldBy(who, now)
}

/** The packer is there. Throws a Refusal (409) for anyone else, also when nobody packs. */
export function beaten(lock: Lock | undefined, who: string, now: Date): Lock {
  const current = lockAt(lock, now)
  if (current?.holder === who) return { ...current, beatAt: now }
  throw current ? held(current) : notHeld()
}

/** Somebody asks to take over: at once where nobody packs or the packer is silent. Throws a Refusal (409) behind another asker. */
export function wanted(lock: Lock | undefined, who: string, now: Date): Lock {
  const current = lockAt(lock, now)
  if (!current || current.holder === who || isStale(current, now)) return taken(lock, who, now)
  if (current.wantedBy === who) return current
  if (current.wantedBy !== null)
    throw new Refusal(
      'conflict',
      'pack_lock_wanted',
      `${current.wantedBy} has asked already, and is answered first`,
      lockView(current),
    )
  return { ...current, wantedBy: who, wantedAt: now }
}

/** The packer's answer. Throws a Refusal (409) for anyone else, and when nobody asks. */
export function answered(lock: Lock | undefined, who: string, { agrees, now }: { agrees: boolean; now: Date }): Lock {
  const current = beaten(lock, who, now)
  if (current.wantedBy === null)
    throw new Refusal('conflict', 'pack_lock_not_wanted', 'Nobody asks to take over any more', lockView(current))
  return agrees ? heldBy(current.wantedBy, now) : { ...current, wantedBy: null, wantedAt: null }
}

/** The packer goes: whoever asked has it then, else nobody. Throws a Refusal (409) for anyone else; nobody's stays nobody's. */
export function released(lock: Lock | undefined, who: string, now: Date): Lock | undefined {
  const current = lockAt(lock, now)
  if (!current) return undefined
  if (current.holder !== who) throw held(current)
  return current.wantedBy === null ? undefined : heldBy(current.wantedBy, now)
}

/** As the API shows it; when it goes stale, when it ends, and when silence gives it away. */
export function lockView({ holder, takenAt, beatAt, wantedBy, wantedAt }: Lock) {
  return {
    holder,
    takenAt: takenAt.toISOString(),
    beatAt: beatAt.toISOString(),
    staleAt: after(beatAt, staleSeconds).toISOString(),
    expiresAt: after(beatAt, heldSeconds).toISOString(),
    wantedBy,
    givenAt: wantedAt === null ? null : after(wantedAt, answerSeconds).toISOString(),
  }
}

function heldBy(holder: string, at: Date): Lock {
  return { holder, takenAt: at, beatAt: at, wantedBy: null, wantedAt: null }
}

function isStale({ beatAt }: Lock, now: Date): boolean {
  return after(beatAt, staleSeconds) <= now
}

function held(lock: Lock): Refusal {
  const view = lockView(lock)
  const said = `${lock.holder} is packing it, until ${view.expiresAt} at least unless silent from ${view.staleAt} on; ask to take over`
  return new Refusal('conflict', 'pack_lock_held', said, view)
}

function notHeld(): Refusal {
  return new Refusal('conflict', 'pack_lock_needed', 'Nobody is packing it now: take the lock first, then pack')
}

function after(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000)
}
