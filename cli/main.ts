import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import type { Surroundings } from './command.ts'

/** npm hands a Ctrl-C on that the terminal already gave us: an echo within this time is no second one. */
const echoMs = 500

// What Node has once made of our files, it need not make again: half the time of a short command.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/consign'))
const { consign } = await import('./run.ts')
const { exitCodes, Interrupted } = await import('./exit.ts')

const { stdout, stderr, env } = process
for (const stream of [stdout, stderr]) stream.on('error', letReadersLeave)

const around: Surroundings = {
  stdout,
  stderr,
  env,
  interrupted: watchForInterruption(),
  openDoor: async (options) => (await import('./door.ts')).openDoor(options),
  openServer: async (options) => (await import('./door.ts')).openServer(options),
  openWorker: async (options) => (await import('./door.ts')).openWorker(options),
  openVault: async () => (await import('./door.ts')).openVault(),
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

/** `consign mirror list products | head` is no failure, and a server goes on though nobody reads its words. */
function letReadersLeave(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') throw error
}
