import { pino, type Logger } from 'pino'

export type Log = Logger

/** Structured logs on standard error; secrets never reach them, even where somebody logs a whole request. */
export function openLog(level: string, pretty: boolean): Log {
  const redact = [
    'token',
    'password',
    'secret',
    'authorization',
    'cookie',
    '*.token',
    '*.authorization',
    '*.cookie',
    '*.password',
    '*.secret',
  ]
  return pino(
    { level: pretty && level === 'info' ? 'warn' : level, redact, serializers: { error: pino.stdSerializers.err } },
    pino.destination(2),
  )
}
