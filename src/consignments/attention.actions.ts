import { must, outletsOf, type Context } from '../context.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { attentionReasons, reasonsFor } from './attention.rules.ts'
import { listLate, type Late, type Thresholds } from './attention.store.ts'
import { listHeads } from './listing.store.ts'
import { headView } from './view.ts'

type Wish = {
  overdue: boolean
  stuck: boolean
  type: string | undefined
  outletId: string | undefined
  after: string | undefined
  limit: number
}

/** What is late or stuck, and why, longest first. */
export async function readAttention(
  { database: { db }, actor }: Context,
  { after, limit, outletId, type, ...wish }: Wish,
  than: Thresholds,
) {
  must(actor, 'consignments:read')
  const readable = outletsOf(actor, 'consignments:read')
  const outlets = outletId === undefined ? readable : [outletId].filter((id) => readable?.includes(id) ?? true)
  const late = await listLate(db, { reasons: reasonsFor(wish), type, outlets, below: placeOf(after), limit }, than)
  const heads = new Map(
    (
      await listHeads(
        db,
        late.map(({ id }) => id),
      )
    ).map((head) => [head.id, head]),
  )
  const { data, next } = pageOf(late, limit, {
    view: (row) => row,
    after: ({ place, id }) => cursorAt({ at: place, id }),
  })
  const shown = data.flatMap((row) => {
    const head = heads.get(row.id)
    return head ? [Object.assign(headView(head), attentionOf(row))] : []
  })
  return { data: shown, next }
}

function attentionOf({ reasons, since }: Late) {
  const because = reasons.map((code) => ({ code, words: wordsOf(code) }))
  return { because, since: since.toISOString() }
}

function wordsOf(code: string): string {
  return Object.entries(attentionReasons).find(([name]) => name === code)?.[1] ?? code
}
