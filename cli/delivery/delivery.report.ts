import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { counted, oneLine } from '../text.ts'

export type ToldLine = {
  productId: string
  sku: string | null
  name: string | null
  expected: string
  counted: string | null
  here: string
  damaged: Readonly<Record<string, string>>
  variance: string | null
  reason: string | null
}

type ToldScan = {
  state: string
  code: string | null
  productId: string | null
  expected: string | null
  counted: string | null
  message: string | null
  field: string | null
}

const lineColumns: Column[] = [
  { title: 'SKU' },
  { title: 'Name', gives: true },
  { title: 'Expected', align: 'right' },
  { title: 'Counted', align: 'right' },
  { title: 'Here', align: 'right' },
  { title: 'Damaged', align: 'right' },
  { title: 'Differs by', align: 'right' },
  { title: 'Reason' },
]

/** What should come beside what came. */
export function receiptLines(screen: Screen, lines: readonly ToldLine[]): string {
  const rows = lines.map((line) => [
    oneLine(line.sku ?? line.productId),
    oneLine(line.name ?? ''),
    line.expected,
    line.counted ?? '',
    line.here,
    damagedOf(line),
    line.variance === '0' ? '' : (line.variance ?? 'not counted'),
    line.reason ?? '',
  ])
  return table(screen, lineColumns, rows)
}

/** In one sentence, for an answer about one line. */
export function lineSentence(line: ToldLine): string {
  const bad = damagedOf(line)
  const differs = line.variance === null || line.variance === '0' ? '' : `, which differs by ${line.variance}`
  return `${oneLine(line.sku ?? line.productId)}: ${line.counted ?? 'nothing'} of ${line.expected} came${differs}${bad === '' ? '' : ` (${bad})`}${line.reason === null ? '' : `, ${line.reason}`}.`
}

/** What somebody should look at: whatever was not simply counted. */
export function oddScans(results: readonly ToldScan[]): string[] {
  const odd = results.filter(({ state }) => state !== 'counted' && state !== 'repeated')
  return [...new Set(odd.map(oddScan))]
}

function oddScan({ state, code, productId, expected, counted: sum, message, field }: ToldScan): string {
  const what = oneLine(code ?? productId ?? 'a scan')
  if (state === 'refused') return `! ${field ?? what}: ${oneLine(message ?? 'refused')}`
  if (state === 'over') return `! ${what}: ${sum ?? '?'} came, ${expected ?? '?'} were expected`
  if (state === 'not_on_order') return `! ${what}: not on the order, ${sum ?? '?'} came`
  return `! ${what}: ${oneLine(message ?? 'nobody knows it')}. Say what it is: consign delivery assign`
}

type Counts = { counted: number; repeated: number; refused: number }

/** How many were counted, known already, refused. */
export function countsSentence({ counted: fresh, repeated, refused }: Counts): string {
  const more = [
    ...(repeated === 0 ? [] : [`${repeated} known already`]),
    ...(refused === 0 ? [] : [`${refused} refused`]),
  ]
  return [`${counted(fresh, 'scan')} counted`, ...more].join(', ')
}

function damagedOf({ damaged }: ToldLine): string {
  const bad = Object.entries(damaged).filter(([, quantity]) => quantity !== '0')
  return bad.map(([condition, quantity]) => `${quantity} ${condition}`).join(', ')
}
