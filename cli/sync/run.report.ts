import type { Run } from '#src/mirror/runs.actions.ts'
import { exitCodeOfLightspeed, exitCodes, type ExitCode } from '../exit.ts'
import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { count, counted, duration, wrap } from '../text.ts'
import { secondsOf } from './run.words.ts'

const columns: Column[] = [
  { title: 'Entity', gives: true },
  ...['Read', 'New', 'Changed', 'Unchanged', 'Rejected', 'Seconds'].map((title): Column => ({ title, align: 'right' })),
]

/** What a run has come to: a table of its entities, then what failed, and what stands aside. */
export function runReport(run: Run, screen: Screen, now: Date): string {
  const rows = run.entities.map((part) => [
    part.entity,
    ...[part.fetched, part.inserted, part.updated, part.unchanged, part.rejected].map(count),
    secondsOf(part, now).toFixed(1),
  ])
  return [table(screen, columns, rows), '', total(run, now), ...failures(run, screen), ...asides(run, screen)].join(
    '\n',
  )
}

/** 0 when every entity is done; 4 or 5 when Lightspeed kept all that failed from being read; else 1. */
export function exitCodeOfRun({ entities, state }: Run): ExitCode {
  const failed = entities.filter((part) => part.state === 'failed')
  const codes = new Set(failed.map(({ errorCode }) => exitCodeOfLightspeed(errorCode ?? '') ?? exitCodes.failed))
  const [only] = codes
  if (only === undefined) return state === 'failed' ? exitCodes.failed : exitCodes.done
  return codes.size === 1 ? only : exitCodes.failed
}

function total(run: Run, now: Date): string {
  const sum = (field: 'fetched' | 'inserted' | 'updated') => run.entities.reduce((all, part) => all + part[field], 0)
  const seconds = secondsOf({ startedAt: run.startedAt ?? run.createdAt, finishedAt: run.finishedAt }, now)
  const what = `${counted(run.entities.length, 'entity', 'entities')}: ${counted(sum('fetched'), 'record')} read`
  return `${what}, ${count(sum('inserted'))} new, ${count(sum('updated'))} changed, in ${duration(seconds)}`
}

function failures({ entities }: Run, { paint, width }: Screen): string[] {
  return entities
    .filter(({ state }) => state === 'failed')
    .flatMap(({ entity, error }) => wrap(`${entity} failed: ${error ?? 'no reason was given'}`, width()))
    .map((line) => paint('red', line))
}

function asides({ entities }: Run, { paint }: Screen): string[] {
  return entities
    .filter(({ rejected }) => rejected > 0)
    .map(({ entity, rejected }) =>
      paint('yellow', `${counted(rejected, 'record')} set aside: consign audit rejected ${entity}`),
    )
}
