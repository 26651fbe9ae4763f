import { screenOn, type Screen, type Sink } from './screen.ts'

export type Output = {
  /** The result, said once: one JSON value with `--json`, else words for people; on standard output. */
  result(value: unknown, inWords: (screen: Screen) => string): void
  /** What happens on the way; on standard error. */
  say: (text: string) => void
  isJson: boolean
  /** Standard error, for what is drawn while a command goes on. */
  aside: Screen
}

export type Streams = { stdout: Sink; stderr: Sink; env: NodeJS.ProcessEnv }

export function openOutput({ stdout, stderr, env }: Streams, isJson: boolean): Output {
  const main = screenOn(stdout, env)
  const aside = screenOn(stderr, env)
  return {
    isJson,
    aside,
    say: aside.line,
    result: (value, inWords) => main.line(isJson ? asJson(value, main.isTerminal) : inWords(main)),
  }
}

function asJson(value: unknown, forPeople: boolean): string {
  return forPeople ? JSON.stringify(value, null, 2) : JSON.stringify(value)
}
