import type { Health, Part } from '#src/ops/health.actions.ts'
import { exitCodes, type ExitCode } from '../exit.ts'
import type { Screen } from '../screen.ts'
import { oneLine, pad, wrap } from '../text.ts'

export function healthReport({ parts }: Health, screen: Screen, isVerbose: boolean): string {
  const widest = Math.max(...parts.map(({ name }) => name.length))
  return parts.flatMap((part) => partLines(part, { screen, widest, isVerbose })).join('\n')
}

export function exitCodeOfHealth({ ok }: { ok: boolean }): ExitCode {
  return ok ? exitCodes.done : exitCodes.failed
}

type Drawing = { screen: Screen; widest: number; isVerbose: boolean }

/** A part that is well needs no more than its name; one that is not says why, and what helps. */
function partLines({ name, ok, detail, cure }: Part, { screen, widest, isVerbose }: Drawing): string[] {
  const mark = ok ? screen.paint('green', '✓') : screen.paint('red', '✗')
  if (ok && !isVerbose) return [`${mark} ${name}`]
  const said = [oneLine(detail), ...(cure === null ? [] : [`What helps: ${cure}`])]
  const lines = said.flatMap((text) => wrap(text, screen.width() - widest - 4))
  return lines.map((line, at) =>
    at === 0 ? `${mark} ${pad(name, widest)}  ${line}` : `${' '.repeat(widest + 4)}${line}`,
  )
}
