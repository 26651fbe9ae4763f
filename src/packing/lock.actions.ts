import type { Context } from '../context.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { changeLockNoted } from './holding.actions.ts'
import { answered, beaten, lockAt, lockView, released, taken, wanted, type Lock } from './lock.rules.ts'
import { readLock } from './lock.store.ts'

type Change = (lock: Lock | undefined, who: string, now: Date) => Lock | undefined

const changes = {
  take: taken,
  beat: beaten,
  ask: wanted,
  agree: (lock, who, now) => answered(lock, who, { agrees: true, now }),
  refuse: (lock, who, now) => answered(lock, who, { agrees: false, now }),
  release: released,
} as const satisfies Record<string, Change>

/** Who packs, if anybody does. */
export async function readPackLock(context: Context, ref: string) {
  const { id } = await knownHead(context, ref)
  const { lock, now } = await readLock(context.database.db, id)
  return stateOf(lock, now, context)
}

/** Takes, keeps, asks for, gives or leaves the lock. Throws a Refusal (409) that says who has it, and until when. */
export async function actOnPackLock(context: Context, target: Target, act: keyof typeof changes) {
  const who = context.actor.id
  return withHead(context, target, {
    what: `pack lock: ${act}`,
    right: 'consignments:pack',
    act: async (tx, head) => {
      if (act !== 'release') mustEdit(head, 'packed')
      await changeLockNoted(tx, context, head.id, (lock, now) => changes[act](lock, who, now))
    },
    answer: async (tx, { id }) => {
      const { lock, now } = await readLock(tx, id)
      return stateOf(lock, now, context)
    },
  })
}

function stateOf(lock: Lock | undefined, now: Date, { actor }: Context) {
  const current = lockAt(lock, now)
  const view = current ? lockView(current) : null
  return { now: now.toISOString(), isMine: current?.holder === actor.id, lock: view }
}
