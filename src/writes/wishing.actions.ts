import { record } from '../audit/audit.store.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { enqueue } from '../jobs/queue.ts'
import { insertWrite, type Write } from './writes.store.ts'
import type { WriteKind } from './writes.rules.ts'

type Wish = { kind: WriteKind; subjects: readonly string[]; wish: object; reason: string | null }

/** Notes in the caller's transaction what is wanted in Lightspeed, and has it done. */
export async function wishFor(tx: Db, { actor, correlationId }: Context, wished: Wish): Promise<Write> {
  const write = await insertWrite(tx, { ...wished, by: actor.id, correlationId })
  await enqueue(tx, 'lightspeed.write', { writeId: write.id }, { key: write.id, correlationId })
  await record(tx, {
    action: `${wished.kind}_asked`,
    entity: 'lightspeed_write',
    entityId: write.id,
    actor: actor.id,
    correlationId,
    before: null,
    after: wished.wish,
    ...(wished.reason === null ? {} : { reason: wished.reason }),
  })
  return write
}
