/** One failed try, kept with the job so that a person sees all of them. */
export type Failure = { at: string; message: string }

/** What is kept of a failure, to be shown. */
export type Failing = { name: string; message: string; stack: string | null; failures: Failure[] }

const failuresKept = 20

/** The last failure in full, and when and why the ones before it were. `before` is what the job kept until now. */
export function failureOf(error: unknown, before: unknown, at: string): Failing {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return {
    name,
    message,
    stack: stack ?? null,
    failures: [...failuresIn(before), { at, message }].slice(-failuresKept),
  }
}

/** The failed tries that a job remembers. */
export function failuresIn(output: unknown): Failure[] {
  const failures = partOf(output, 'failures')
  return Array.isArray(failures) ? failures.filter(isFailure) : []
}

/** What the last failure said. pg-boss's own (a silent worker, a job too long) say it one level deeper. */
export function saidIn(output: unknown, name: 'message' | 'stack'): string | undefined {
  const text = partOf(output, name) ?? partOf(partOf(output, 'value'), name)
  return typeof text === 'string' ? text : undefined
}

function partOf(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined
}

function isFailure(one: unknown): one is Failure {
  return typeof partOf(one, 'at') === 'string' && typeof partOf(one, 'message') === 'string'
}
