import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { House } from '../house.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { LightspeedLink } from '../lightspeed/link.ts'
import { readGrade } from '../ops/health.actions.ts'
import { findWriting, saveWriting } from './writing.store.ts'

/** A real retailer is only read until an administrator has switched writing on; a simulated one is written to. */
export async function readWriting(db: Db, link: LightspeedLink) {
  const { kind, origin } = await link.describe()
  const row = origin === null ? undefined : await findWriting(db, origin)
  return {
    origin,
    isOn: row?.is_on ?? kind === 'simulator',
    changedBy: row?.changed_by ?? null,
    changedAt: row?.changed_at.toISOString() ?? null,
  }
}

/** Lets Consign write to the connected retailer, or stops it. Throws a Refusal (422) while none is connected. */
export async function switchWriting(context: Context, link: LightspeedLink, isOn: boolean) {
  const { actor, correlationId, database } = context
  must(actor, 'lightspeed:connect')
  const before = await readWriting(database.db, link)
  const { origin } = before
  if (origin === null)
    throw new Refusal('not_lawful', 'lightspeed_not_connected', 'No retailer is connected that could be written to')
  await inTransaction(database, async ({ db: tx }) => {
    await saveWriting(tx, origin, isOn, actor.id)
    const about = { entity: 'lightspeed', entityId: origin, actor: actor.id, correlationId }
    await record(tx, {
      ...about,
      action: 'lightspeed.writing_switched',
      before: { isOn: before.isOn },
      after: { isOn },
    })
  })
  return readWriting(database.db, link)
}

/** Why nothing is written to Lightspeed just now; undefined when it is. */
export async function whyNotWriting(house: House): Promise<string | undefined> {
  const { isOn } = await readWriting(house.database.db, house.lightspeed)
  if (!isOn) return 'Writing to Lightspeed is switched off for this retailer'
  const { mayWrite, reasons } = await readGrade(house)
  return mayWrite ? undefined : `The health is red: ${reasons.join(', ')}`
}
