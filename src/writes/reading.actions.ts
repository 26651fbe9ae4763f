import { withoutCosts } from '../audit/costs.rules.ts'
import { whyNotWriting } from '../bridge/writing.actions.ts'
import { holdsAt, must, type Context } from '../context.ts'
import type { House } from '../house.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findWrite, listWrites, type WriteFilter } from './writes.store.ts'
import { writeView } from './writes.view.ts'

type Reading = { context: Context; house: House }

/** What was asked to be written to Lightspeed, newest first. */
export async function readWrites(
  { context, house }: Reading,
  filter: WriteFilter,
  { after, limit }: { after: number | undefined; limit: number },
) {
  must(context.actor, 'writes:read')
  const rows = await listWrites(context.database.db, filter, { below: after, limit })
  const whyNot = await whyNotWriting(house)
  return pageOf(rows, limit, {
    view: (row) => inSight(context, writeView(row, whyNot)),
    after: ({ place }) => String(place),
  })
}

export async function readWrite({ context, house }: Reading, id: string) {
  must(context.actor, 'writes:read')
  const write = await findWrite(context.database.db, id)
  if (!write) throw new Refusal('not_found', 'write_unknown', `Nothing was asked of Lightspeed as ${id}`)
  return inSight(context, writeView(write, await whyNotWriting(house)))
}

/** What was wished and what came of it tells what things cost only to who may see that, everywhere. */
function inSight({ actor }: Context, view: ReturnType<typeof writeView>) {
  if (holdsAt(actor, 'costs:read', [])) return view
  return { ...view, wish: withoutCosts(view.wish), result: withoutCosts(view.result) }
}
