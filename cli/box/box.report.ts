import { randomUUID } from 'node:crypto'
import { boxText } from '#src/packing/labels.rules.ts'
import { misuse } from '../options.ts'
import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { counted, oneLine } from '../text.ts'

export type ToldBox = {
  id: string
  number: number
  of: number
  label: string | null
  weightGrams: number
  weighedGrams: number | null
  guessedWeights: number
  quantity: string
  items: readonly { sku: string | null; productId: string; name: string | null; quantity: string }[]
}

export type ToldLine = {
  sku: string | null
  productId: string
  name: string | null
  planned: string
  packed: string
}

const boxColumns: Column[] = [
  { title: 'Box' },
  { title: 'Label', gives: true },
  { title: 'Pieces', align: 'right' },
  { title: 'Weight', align: 'right' },
  { title: 'Id' },
]

/** All boxes with what lies in them. */
export function boxLines(screen: Screen, boxes: readonly ToldBox[]): string {
  if (boxes.length === 0) return 'No boxes yet: consign box add'
  const rows = boxes.map((box) => [boxText(box), oneLine(box.label ?? ''), box.quantity, weightOf(box), box.id])
  const contents = boxes.flatMap((box) => box.items.map((item) => itemRow(box, item)))
  const inside = contents.length === 0 ? [] : ['', table(screen, itemColumns, contents)]
  return [table(screen, boxColumns, rows), ...inside].join('\n')
}

const itemColumns: Column[] = [
  { title: 'In' },
  { title: 'SKU' },
  { title: 'Name', gives: true },
  { title: 'Quantity', align: 'right' },
]

function itemRow(box: ToldBox, { sku, productId, name, quantity }: ToldBox['items'][number]): string[] {
  return [`box ${box.number}`, oneLine(sku ?? productId), oneLine(name ?? ''), quantity]
}

/** Grams as the scales said or as they are computed, with how many of the products' weights are guessed. */
export function weightOf({ weightGrams, weighedGrams, guessedWeights }: ToldBox): string {
  if (weighedGrams !== null) return `${weightGrams} g weighed`
  return guessedWeights === 0 ? `${weightGrams} g` : `${weightGrams} g, ${guessedWeights} guessed`
}

/** How far the lines are packed, those that are short or over marked. */
export function progressLines(screen: Screen, lines: readonly ToldLine[]): string {
  const columns: Column[] = [
    { title: 'SKU' },
    { title: 'Name', gives: true },
    { title: 'Planned', align: 'right' },
    { title: 'Packed', align: 'right' },
  ]
  const rows = lines.map((line) => [
    oneLine(line.sku ?? line.productId),
    oneLine(line.name ?? ''),
    line.planned,
    line.packed,
  ])
  return table(screen, columns, rows)
}

/** The box that somebody named by its number or id. Throws a Refusal that says which there are. */
export function boxNamed(boxes: readonly ToldBox[], name: string): ToldBox {
  const found = boxes.find(({ id, number }) => id === name || String(number) === name)
  if (found) return found
  throw misuse(`There is no box ${name}, of ${counted(boxes.length, 'box', 'boxes')}`)
}

type Known = readonly { id: string; productId: string; sku: string | null }[]

/** `<code>=<quantity>` as items, each with an id of its own; a product of the document may be named by its id too. */
export function itemsOf(given: readonly string[], lines: Known) {
  return given.map((one) => {
    const [, code = '', quantity = ''] = /^(.+)=([^=]+)$/.exec(one) ?? [one, one, '1']
    if (code === '' || code.endsWith('=')) throw misuse(`--items: give <code>=<quantity>, not "${one}"`)
    const line = lines.find(({ id, productId }) => id === code || productId === code)
    return { id: randomUUID(), quantity, ...(line ? { productId: line.productId } : { code }) }
  })
}

type Packed = {
  results: readonly { state: string; refusal: { message: string } | null }[]
  warnings: readonly { message: string }[]
}

/** What somebody should hear at once: codes that nobody knows, and lines that are more than planned. */
export function packedNotes({ results, warnings }: Packed): string[] {
  return [
    ...results.flatMap(({ refusal }) => (refusal === null ? [] : [`✗ ${oneLine(refusal.message)}`])),
    ...warnings.map(({ message }) => `! ${oneLine(message)}`),
  ]
}
