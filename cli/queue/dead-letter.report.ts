import type { Screen } from '../screen.ts'
import { counted, oneLine, wrap } from '../text.ts'

type Letter = {
  id: string
  kind: string | null
  error: string
  stack: string | null
  attempts: number
  failures: { at: string; message: string }[]
  payload: unknown
  correlationId: string | null
  order: string | null
  failedAt: string
}

/** A dead letter, whole: what failed, when and where, and what it was to do. */
export function letterLines(letter: Letter, screen: Screen): string[] {
  const { id, kind, error, stack, attempts, failures, payload, correlationId, order, failedAt } = letter
  return [
    screen.paint('bold', `${kind ?? 'a job'} ${id}`),
    ...wrap(oneLine(error), screen.width() - 2).map((line) => `  ${screen.paint('red', line)}`),
    `  failed at ${failedAt}, after ${counted(attempts, 'try', 'tries')}`,
    ...(correlationId === null ? [] : [`  caused by ${oneLine(correlationId)}`]),
    ...(order === null ? [] : [`  holds back the later jobs of ${oneLine(order)}`]),
    '',
    'Payload',
    ...JSON.stringify(payload, null, 2)
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    'Tries',
    ...failures.map(({ at, message }) => `  ${at}  ${oneLine(message)}`),
    ...(stack === null ? [] : ['', 'Where', ...stack.split('\n').map((line) => `  ${oneLine(line)}`)]),
  ]
}
