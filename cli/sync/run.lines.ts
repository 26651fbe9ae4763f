import type { Run } from '#src/mirror/runs.actions.ts'
import type { Screen } from '../screen.ts'
import { oneLine, pad } from '../text.ts'
import type { RunView } from './run.view.ts'
import { outcomeOf, type Part } from './run.words.ts'

/** For a pipe or a log: one line whenever an entity begins, waits, goes on or ends. */
export function lineView(screen: Screen): RunView {
  const told = new Map<string, string>()
  const show = (run: Run) => {
    const name = Math.max(...run.entities.map(({ entity }) => entity.length))
    for (const part of run.entities) {
      const stage = stageOf(part)
      if (stage !== (told.get(part.entity) ?? 'queued')) screen.line(`${pad(part.entity, name)}  ${inWords(part)}`)
      told.set(part.entity, stage)
    }
  }
  return { show, note: screen.line, end: () => {} }
}

/** How long is left of a wait changes all the time: that is no change of state. */
function stageOf({ state, note }: Part): string {
  return state === 'running' && note !== null ? 'waiting' : state
}

function inWords(part: Part): string {
  const stage = stageOf(part)
  if (stage === 'waiting') return `waits: ${oneLine(part.note ?? '')}`
  if (stage === 'queued') return 'begins again soon'
  return stage === 'running' ? 'is being read' : oneLine(outcomeOf(part, new Date()))
}
