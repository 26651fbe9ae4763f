import type { Run } from '#src/mirror/runs.actions.ts'
import type { Screen } from '../screen.ts'
import { barView, type Expected } from './run.bars.ts'
import { lineView } from './run.lines.ts'

/** Someone who watches a run. */
export type RunView = {
  show(run: Run): void
  /** Something about the watching itself. */
  note(text: string): void
  end(): void
}

/** Bars on a terminal, plain lines anywhere else. */
export function viewOn(screen: Screen, expected: Expected = new Map()): RunView {
  return screen.isTerminal ? barView(screen, expected) : lineView(screen)
}
