import type { Health, WholeHealth } from '#src/ops/health.actions.ts'
import type { Part } from '#src/ops/parts.ts'
import { exitCodes, type ExitCode } from '../exit.ts'
import type { Screen } from '../screen.ts'
import { oneLine, pad, wrap } from '../text.ts'

export function healthReport({ parts }: Health, screen: Screen, isVerbose: boolean): string {
  const widest = Math.max(...parts.map(({ name }) => name.length))
  return parts.flatMap((part) => partLines(part, { screen, widest, isVerbose })).join('\n')
}

/** The whole in a line, where it is not green: why, and what is stopped. */
export function gradeLine({ grade, reasons, mayWrite }: Omit<WholeHealth, 'ok' | 'parts'>, screen: Screen): string {
  if (grade === 'green') return ''
  const stopped = mayWrite ? 'what is risky goes one by one' : 'nothing is written to Lightspeed'
  return `${screen.paint(colours[grade], `The whole is ${grade}`)}: ${reasons.join(', ')}; ${stopped}.`
}

export function exitCodeOfHealth({ ok }: { ok: boolean }): ExitCode {
  return ok ? exitCodes.done : exitCodes.failed
}

const marks = { green: '✓', amber: '!', red: '✗' } as const
const colours = { green: 'green', amber: 'yellow', red: 'red' } as const

type Drawing = { screen: Screen; widest: number; isVerbose: boolean }

/** A part that is well needs no more than its name; one that is not says why, and what helps. */
function partLines({ name, grade, detail, cure }: Part, { screen, widest, isVerbose }: Drawing): string[] {
  const mark = screen.paint(colours[grade], marks[grade])
  if (grade === 'green' && !isVerbose) return [`${mark} ${name}`]
  const said = [oneLine(detail), ...(cure === null ? [] : [`What helps: ${cure}`])]
  const lines = said.flatMap((text) => wrap(text, screen.width() - widest - 4))
  return lines.map((line, at) =>
    at === 0 ? `${mark} ${pad(name, widest)}  ${line}` : `${' '.repeat(widest + 4)}${line}`,
  )
}
