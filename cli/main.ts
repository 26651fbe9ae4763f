import type { Surroundings } from './command.ts'
import { exitCodes, Interrupted } from './exit.ts'
import { consign } from './run.ts'

/** npm hands a Ctrl-C on that the terminal already gave us: an echo within this time is no second one. */
const echoMs = 500

const { stdout, stderr, env } = process
stdout.on('error', leaveWhenNobodyReads)

const around: Surroundings = {
  stdout,
  stderr,
  env,
  interrupted: watchForInterruption(),
  openDoor: async (options) => (await import('./door.ts')).openDoor(options),
  openServer: async (options) => (await import('./door.ts')).openServer(options),
}
const exitCode = await consign(process.argv.slice(2), around)
await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))))
process.exit(exitCode)

/** The first Ctrl-C ends in order, the second at once. */
function watchForInterruption(): AbortSignal {
  const interruption = new AbortController()
  let since = Infinity
  const onSignal = () => {
    if (performance.now() - since > echoMs) process.exit(exitCodes.interrupted)
    if (interruption.signal.aborted) return
    since = performance.now()
    interruption.abort(new Interrupted())
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return interruption.signal
}

/** `consign mirror list products | head` is no failure. */
function leaveWhenNobodyReads(error: NodeJS.ErrnoException) {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
}
