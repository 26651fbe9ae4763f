import type { Config } from './config.ts'
import { startSampling } from './jobs/sampling.ts'
import { startWorker } from './jobs/worker.ts'
import { openHouse } from './main.ts'

/** The house without a door: it only does jobs, beside servers and other workers on the same database. */
export async function workHouse(config: Config, say: (text: string) => void): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const { house } = stack.use(await openHouse(config, say, { joins: true }))
  stack.defer(startSampling(house).stop)
  const worker = await startWorker(house, workerOptions(config))
  stack.defer(worker.stop)
  const closing = stack.move()
  return { [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

export function workerOptions({ workers, workerSilentSeconds }: Config) {
  return { slots: workers, rescueSeconds: workerSilentSeconds }
}
