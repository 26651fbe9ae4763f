import { createLogUpdate } from 'log-update'
import type { Run } from '#src/mirror/runs.actions.ts'
import type { Screen } from '../screen.ts'
import { count, counted, cut, duration, oneLine, pad } from '../text.ts'
import type { RunView } from './run.view.ts'
import { noteOf, rateOf, type Part } from './run.words.ts'

const frameEveryMs = 120
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const barWidth = 24
const smallBarWidth = 12

/** How many rows an entity will come to, where that can be told. */
export type Expected = ReadonlyMap<string, number>

/** For a terminal: a bar over all entities, and a line for each one being read, drawn again and again in place. */
export function barView(screen: Screen, expected: Expected): RunView {
  const draw = createLogUpdate(screen.stream)
  let last: Run | undefined
  let frame = 0
  const tick = () => {
    if (last) draw(runLines(last, { screen, expected, frame: frame++, now: new Date() }).join('\n'))
  }
  const timer = setInterval(tick, frameEveryMs)
  const show = (run: Run) => {
    last = run
    tick()
  }
  const end = () => {
    clearInterval(timer)
    draw.clear()
    draw.done()
  }
  return { show, note: (text) => draw.persist(text), end }
}

export type Drawing = { screen: Screen; expected: Expected; frame: number; now: Date }

/** The picture of a run at one moment: one line of all, one of each entity that is being read or has failed. */
export function runLines(run: Run, drawing: Drawing): string[] {
  const { screen, now } = drawing
  const done = run.entities.filter(({ finishedAt }) => finishedAt !== null).length
  const rows = run.entities.reduce((sum, { fetched }) => sum + fetched, 0)
  const seconds = (now.getTime() - Date.parse(run.startedAt ?? run.createdAt)) / 1000
  const facts = [counted(rows, 'record'), duration(Math.max(0, seconds))].join(' · ')
  const total = `${bar(done / Math.max(1, run.entities.length), barWidth)} ${done} of ${counted(run.entities.length, 'entity', 'entities')} · ${facts}`
  const name = Math.max(...run.entities.map(({ entity }) => entity.length))
  const lively = run.entities.filter(({ state }) => state === 'running' || state === 'failed')
  const lines = [total, ...lively.map((part) => partLine(part, name, drawing))]
  return lines.map((line) => cut(line, screen.width() - 1)).map((line, at) => coloured(line, lively[at - 1], screen))
}

function partLine(part: Part, name: number, { expected, frame, now }: Drawing): string {
  if (part.state === 'failed') return `✗ ${pad(part.entity, name)} ${oneLine(part.error ?? 'failed')}`
  const share = shareOf(part, expected)
  const drawn = share === undefined ? wandering(frame, smallBarWidth) : bar(share, smallBarWidth)
  const numbers = `${pad(count(part.fetched), 9, 'right')} ${pad(rateOf(part, now), 9, 'right')}`
  const waits = part.note === null ? '' : `  ${noteOf(part)}`
  return `${spinner[frame % spinner.length]} ${pad(part.entity, name)} ${drawn} ${numbers}${waits}`
}

function shareOf({ entity, fetched }: Part, expected: Expected): number | undefined {
  const rows = expected.get(entity)
  return rows === undefined || rows === 0 ? undefined : Math.min(1, fetched / rows)
}

function bar(share: number, width: number): string {
  const full = Math.round(share * width)
  return '━'.repeat(full) + '─'.repeat(width - full)
}

/** Nobody knows how much is still to come: something moves, but nothing fills up. */
function wandering(frame: number, width: number): string {
  const at = frame % width
  return Array.from({ length: width }, (_, place) => ((place - at + width) % width < 3 ? '━' : '─')).join('')
}

function coloured(line: string, part: Part | undefined, { paint }: Screen): string {
  if (part?.state === 'failed') return paint('red', line)
  return part?.note ? paint('yellow', line) : line
}
