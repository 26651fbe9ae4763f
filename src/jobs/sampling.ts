import type { House } from '../house.ts'
import { kindNames } from './kinds.ts'
import { sampleEverySeconds, takeSample } from './samples.store.ts'

/** Notes every few seconds how the queue stands. Every process does it, so that it is known also while no worker runs. */
export function startSampling({ database, log }: Pick<House, 'database' | 'log'>): { stop: () => Promise<void> } {
  const sample = () =>
    takeSample(database.db, kindNames).catch((error: unknown) => log.warn({ error }, 'A sample of the queue was lost'))
  let last = sample()
  const timer = setInterval(() => (last = sample()), sampleEverySeconds * 1000)
  const stop = async () => {
    clearInterval(timer)
    await last
  }
  return { stop }
}
