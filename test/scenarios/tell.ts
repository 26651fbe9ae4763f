import { test } from 'node:test'
import { newSeed, type Scenario } from './scenario.ts'

/** Makes a story of a scenario. A broken promise names the seed that broke it. */
export function tell({ number, fault, promise, run }: Scenario) {
  test(`${number}. ${fault}: ${promise}`, async () => {
    const seed = newSeed()
    try {
      await run(seed, 'short')
    } catch (cause) {
      throw new Error(`Broken with the seed ${seed}: npm run soak -- --scenario ${number} --seed ${seed}`, { cause })
    }
  })
}
