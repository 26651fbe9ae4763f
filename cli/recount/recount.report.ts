import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

export type ToldRecount = {
  id: string
  number: string
  productId: string
  sku: string | null
  outletId: string
  expected: string
  counted: string
  askedAt: string
  answer: string | null
  quantity: string | null
}

const columns: Column[] = [
  { title: 'Recount' },
  { title: 'Document' },
  { title: 'Product', gives: true },
  { title: 'Outlet', gives: true },
  { title: 'Sent', align: 'right' },
  { title: 'Came', align: 'right' },
  { title: 'Asked' },
  { title: 'Answer' },
]

/** Who is asked about what, and what was answered. */
export function recountLines(screen: Screen, recounts: readonly ToldRecount[]): string {
  const rows = recounts.map((one) => [
    one.id,
    one.number,
    oneLine(one.sku ?? one.productId),
    one.outletId,
    one.expected,
    one.counted,
    one.askedAt.slice(0, 10),
    [one.answer ?? '', one.quantity ?? ''].join(' ').trim(),
  ])
  return table(screen, columns, rows)
}
