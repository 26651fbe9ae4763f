import { must, type Context } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { receiveAtOnce, type Receiving } from '../receiving/receipts.actions.ts'
import { transition, type Wish } from './transitions.actions.ts'

/** What came of one among many: what it is now (or would be), or why it was refused. */
type Answered = {
  ref: string
  isDone: boolean
  id: string | null
  number: string | null
  status: string | null
  version: number | null
  refusal: { code: string; message: string; details: unknown } | null
}

type Done = { id: string; number: string; status: string; version: number }

/** Takes many a step, each in a transaction of its own: one that is refused hinders none of the others. */
export async function transitionMany(
  context: Context,
  { refs, wish, dryRun }: { refs: readonly string[]; wish: Wish; dryRun: boolean },
) {
  must(context.actor, 'consignments:read')
  const doing = (ref: string) => transition(context, { ref, ifMatch: undefined, dryRun }, wish)
  return answerEach([...new Set(refs)], dryRun, (ref) => ref, doing)
}

/** One delivery, and the document that it is of. */
export type Receipt = Receiving & { consignmentId: string }

/** Receives many, each all or nothing and in a transaction of its own. The same deliveries again do nothing further. */
export async function receiveMany(
  context: Context,
  { receipts, dryRun }: { receipts: readonly Receipt[]; dryRun: boolean },
) {
  must(context.actor, 'consignments:receive')
  const refOf = ({ consignmentId }: Receipt) => consignmentId
  return answerEach(receipts, dryRun, refOf, async ({ consignmentId: ref, ...receiving }) => {
    const { consignment } = await receiveAtOnce(context, { ref, ifMatch: undefined, dryRun }, receiving)
    return consignment
  })
}

async function answerEach<Item>(
  items: readonly Item[],
  dryRun: boolean,
  refOf: (item: Item) => string,
  act: (item: Item) => Promise<Done>,
) {
  const results: Answered[] = []
  for (const item of items) results.push(await answered(refOf(item), () => act(item)))
  const done = results.filter(({ isDone }) => isDone).length
  return { dryRun, done, refused: results.length - done, results }
}

async function answered(ref: string, act: () => Promise<Done>): Promise<Answered> {
  try {
    const { id, number, status, version } = await act()
    return { ref, isDone: true, id, number, status, version, refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, details = null } = error
    return {
      ref,
      isDone: false,
      id: null,
      number: null,
      status: null,
      version: null,
      refusal: { code, message, details },
    }
  }
}
