import type { ReconciliationView } from '#src/mirror/reconciliations.actions.ts'
import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { count, counted, oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Entity', gives: true },
  ...['Lightspeed', 'Mirror', 'Differ', 'Explained', 'Raised', 'Repaired'].map((title): Column => ({
    title,
    align: 'right',
  })),
]

/** What each entity came to. */
export function reconciliationTable({ entities }: ReconciliationView, screen: Screen): string {
  const rows = entities.map((one) => [
    one.entity,
    ...(one.state === 'done' ? [one.lightspeedRows, one.mirrorRows] : [0, 0]).map(count),
    ...[one.differences, one.explained, one.raised, one.repaired].map(count),
  ])
  return table(screen, columns, rows)
}

type Told = { entity: string; recordId: string; meaning: string; kind: string; fields: string[] }

/** The sum, what could not be compared, and the first differences, each with its explanation. */
export function differenceLines(
  { totals, entities, dryRun }: ReconciliationView,
  differences: readonly Told[],
): string[] {
  const repaired = dryRun ? 'none repaired (--dry-run)' : `${count(totals.repaired)} repaired`
  const failed = entities.filter(({ error }) => error !== null)
  return [
    '',
    totals.differences === 0
      ? `The mirror is true: ${counted(totals.compared, 'record')} compared, no difference.`
      : `${counted(totals.differences, 'difference')} in ${counted(totals.compared, 'record')}, ${count(totals.raised)} not explained, ${repaired}.`,
    ...failed.map(({ entity, error }) => `${entity} was not compared: ${oneLine(error ?? '')}`),
    ...differences.map((one) => {
      const fields = one.fields.length > 0 && one.fields.length <= 4 ? ` (${one.fields.join(', ')})` : ''
      return oneLine(`${one.entity} ${one.recordId} ${one.kind}${fields}: ${one.meaning}`)
    }),
  ]
}
