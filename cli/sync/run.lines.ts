import type { Run } from '#src/mirror/runs.actions.ts'
import type { Screen } from '../screen.ts'
import { oneLine, pad } from '../text.ts'
import type { RunView } from './run.view.ts'
import { noteOf, outcomeOf, type Part } from './run.words.ts'

/** A shorter wait is not worth a line. */
const shortWaitMs = 1_000

/** For a pipe or a log: one line whenever an entity begins, waits, goes on or ends. */
export function lineView(screen: Screen, patienceMs = shortWaitMs): RunView {
  const told = new Map<string, string>()
  const waits = new Map<string, NodeJS.Timeout>()
  const tell = (part: Part, width: number) => {
    told.set(part.entity, stageOf(part))
    screen.line(`${pad(part.entity, width)}  ${inWords(part)}`)
  }
  const show = (run: Run) => {
    const width = Math.max(...run.entities.map(({ entity }) => entity.length))
    for (const part of run.entities) {
      const stage = stageOf(part)
      if (stage === 'waiting' && waits.has(part.entity)) continue
      clearTimeout(waits.get(part.entity))
      waits.delete(part.entity)
      if (stage === (told.get(part.entity) ?? 'queued')) continue
      if (stage === 'waiting')
        waits.set(
          part.entity,
          setTimeout(() => tell(part, width), patienceMs),
        )
      else tell(part, width)
    }
  }
  const end = () => waits.forEach((timer) => clearTimeout(timer))
  return { show, note: screen.line, end }
}

/** How long is left of a wait changes all the time: that is no change of state. */
function stageOf({ state, note }: Part): string {
  return state === 'running' && note !== null ? 'waiting' : state
}

function inWords(part: Part): string {
  const stage = stageOf(part)
  if (stage === 'waiting') return `waits: ${noteOf(part)}`
  if (stage === 'queued') return 'begins again soon'
  return stage === 'running' ? 'is being read' : oneLine(outcomeOf(part, new Date()))
}
