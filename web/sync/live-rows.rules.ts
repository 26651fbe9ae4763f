import type { EntityStatus, Run, RunEntity } from '../api.ts'

/** An entity as the last status told it, brought up to what its run has said since. */
export type LiveEntity = EntityStatus & { live: RunEntity | undefined }

/** Events come quicker than statuses: the rows that a run has added since the status was asked for are counted in. */
export function bringUp(entities: readonly EntityStatus[], going: readonly Run[]): LiveEntity[] {
  return entities.map((told) => {
    const found = liveOf(told.entity, going)
    return found
      ? { ...told, rows: told.rows + addedSince(told, found), live: found.live }
      : { ...told, live: undefined }
  })
}

type Found = { runId: string; live: RunEntity }

/** The run that is reading the entity speaks first, then one that will. */
function liveOf(name: string, going: readonly Run[]): Found | undefined {
  const found = going.flatMap(({ id, entities }) =>
    entities.filter(({ entity }) => entity === name).map((live) => ({ runId: id, live })),
  )
  return found.find(({ live }) => live.state === 'running') ?? found.at(-1)
}

function addedSince({ lastRun }: EntityStatus, { runId, live }: Found): number {
  if (live.startedAt === null) return 0
  if (lastRun?.id === runId) return Math.max(0, live.inserted - lastRun.inserted)
  const isNewer = (lastRun?.startedAt ?? '') < live.startedAt
  return isNewer ? live.inserted : 0
}
