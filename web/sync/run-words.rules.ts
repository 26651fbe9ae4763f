import type { Run, RunEntity } from '../api.ts'
import { countedAs, labelOf, counted } from '../ui/humane.rules.ts'

type Changes = Pick<RunEntity, 'fetched' | 'inserted' | 'updated' | 'rejected'>

/** "3 new, 1 changed, 2 put aside", or "nothing new". */
export function changesOf({ inserted, updated, rejected }: Changes): string {
  const parts = [
    inserted > 0 ? `${counted(inserted)} new` : '',
    updated > 0 ? `${counted(updated)} changed` : '',
    rejected > 0 ? `${counted(rejected)} put aside` : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'nothing new'
}

/** What all entities of a run have come to together. */
function totalOf({ entities }: Run): Changes {
  const sum = (field: keyof Changes) => entities.reduce((total, entity) => total + entity[field], 0)
  return { fetched: sum('fetched'), inserted: sum('inserted'), updated: sum('updated'), rejected: sum('rejected') }
}

/** How far a run is, from 0 to 100: entities that are through, of all. */
export function percentOf({ entities }: Run): number {
  const through = entities.filter(({ finishedAt }) => finishedAt !== null).length
  return entities.length === 0 ? 0 : Math.round((through / entities.length) * 100)
}

/** "7 of 21 entities done, 12,340 records read: 120 new" */
export function progressOf(run: Run): string {
  const through = run.entities.filter(({ finishedAt }) => finishedAt !== null).length
  const total = totalOf(run)
  const of = `${through} of ${countedAs(run.entities.length, 'entity', 'entities')} done`
  return `${of}, ${countedAs(total.fetched, 'record')} read: ${changesOf(total)}`
}

/** What is being read at this moment, or why nothing is. */
export function doingOf(run: Run): string {
  const reading = run.entities.filter(({ state }) => state === 'running')
  if (reading.length === 0) return 'Waiting to begin'
  return `Reading ${reading.map(({ entity }) => labelOf(entity).toLowerCase()).join(', ')}`
}

/** How a run ended, in one sentence. */
export function endingOf(run: Run): string {
  const failed = run.entities.filter(({ state }) => state === 'failed').map(({ entity }) => labelOf(entity))
  const came = changesOf(totalOf(run))
  if (failed.length > 0) return `Sync finished with errors in ${failed.join(', ')}; elsewhere ${came}`
  return `Sync finished: ${came}`
}
