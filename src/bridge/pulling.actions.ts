import { mustFor } from '../consignments/permitting.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { lookUp } from './desk.ts'
import { snapshotOf } from './merging.rules.ts'
import { meaningTo, push } from './pushing.actions.ts'
import { readBridge } from './resolving.actions.ts'

type Asked = { ref: string; signal: AbortSignal; client: Lightspeed; house: House }

/** Reads a document in Lightspeed now, and takes over what somebody did there; nothing is written to Lightspeed. */
export async function pullNow(context: Context, { ref, signal, client, house }: Asked) {
  const head = await knownHead(context, ref)
  mustFor(context.actor, 'consignments:edit', head)
  await push({ context, client, signal }, head.id, { mayWrite: false })
  return readBridge({ context, house }, ref)
}

/** What a pull would do: the steps, what arrived, and what would be a conflict. Nothing is changed. */
export async function tryPull(context: Context, { ref, signal, client }: Omit<Asked, 'house'>) {
  const head = await knownHead(context, ref)
  mustFor(context.actor, 'consignments:read', head)
  const desk = await lookUp({ context, client, signal }, head.id, { mayMake: false })
  const meaning = desk ? await meaningTo(context.database.db, desk) : { kind: 'nothing' as const }
  const adopts = meaning.kind === 'adopt' ? meaning : { steps: [], arrived: [] }
  return {
    dryRun: true as const,
    number: head.number,
    steps: adopts.steps.map(({ to }) => to),
    arrived: adopts.arrived.map(({ productId }) => productId),
    reasons: 'reasons' in meaning ? meaning.reasons : [],
    theirs: desk?.there ? snapshotOf(desk.there) : null,
  }
}
