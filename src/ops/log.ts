import { pino, type Logger } from 'pino'
import { redacted, scrubbed } from './redaction.rules.ts'

export type Log = Logger

/** Where lines go; standard error unless a test reads them. */
type Sink = { write: (line: string) => unknown }

/** Structured logs on standard error; secrets and personal data never reach them, even where somebody logs a whole request. */
export function openLog(level: string, pretty: boolean, sink: Sink = pino.destination(2)): Log {
  const formatters = { log: (said: object) => objectOf(redacted(said)) }
  const settings = { level: pretty && level === 'info' ? 'warn' : level, formatters, serializers: {} }
  return pino(settings, { write: (line) => void sink.write(scrubbed(line)) })
}

function objectOf(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(typeof value === 'object' && value !== null ? value : { said: value }))
}
