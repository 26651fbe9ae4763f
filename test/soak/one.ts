import { inspect } from 'node:util'
import { scenarios } from '#test/scenarios/all.ts'

/** One run of one scenario at full length: `node test/soak/one.ts <number> <seed>`. Exit code 1 when it breaks its promise. */
const [number, seed] = process.argv.slice(2).map(Number)
const scenario = scenarios.find((one) => one.number === number)
if (!scenario || seed === undefined) throw new Error('Give the number of a scenario, and a seed')
try {
  await scenario.run(seed, 'long')
  process.exit(0)
} catch (error) {
  console.error(inspect(error))
  process.exit(1)
}
