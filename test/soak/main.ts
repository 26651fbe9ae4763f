import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestServer } from '#test/postgres.ts'
import { newSeed, type Scenario } from '#test/scenarios/scenario.ts'
import { tableOf, type Run } from './table.ts'

/** Every scenario at least so often, each time with faults at other moments. */
const usualTimes = 20
/** Whoever takes longer hangs, which no scenario promises. */
const longestRunMs = 15 * 60_000

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true, short: 's' },
    times: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
  },
})
const times = wholeNumber('times', values.times) ?? (values.seed === undefined ? usualTimes : 1)
const minutes = wholeNumber('minutes', values.minutes)
const seed = wholeNumber('seed', values.seed)
const end = minutes === undefined ? Infinity : Date.now() + minutes * 60_000

const server = await startTestServer()
process.env['TEST_DATABASE_SERVER'] = server.url
const { scenarios } = await import('#test/scenarios/all.ts')
const chosen = scenarios.filter(({ number }) => values.scenario?.includes(String(number)) ?? true)
const runs: Run[] = []
try {
  for (let round = 0; minutes === undefined ? round < times : Date.now() < end; round += 1)
    for (const scenario of chosen) if (Date.now() < end) runs.push(await runOnce(scenario, seed ?? newSeed()))
} finally {
  await server.stop()
}
console.log(tableOf(chosen, runs))
process.exitCode = runs.length > 0 && runs.every(({ isKept }) => isKept) ? 0 : 1

/** In a process of its own, so that what one leaves behind cannot help or hurt the next. */
async function runOnce({ number }: Scenario, seedOfRun: number): Promise<Run> {
  const began = Date.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'one.ts'), String(number), String(seedOfRun)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: longestRunMs,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  await once(child, 'close')
  const run = { number, seed: seedOfRun, isKept: child.exitCode === 0, ms: Date.now() - began }
  const ending = run.isKept ? 'kept' : `BROKEN\n${said.trim() || 'It did not end, or died.'}`
  console.error(`scenario ${number}, seed ${seedOfRun}, ${(run.ms / 1000).toFixed(1)} s: ${ending}`)
  return run
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,10}$/.test(text)) return Number(text)
  console.error(`--${name}: give a whole number, not ${text}`)
  return process.exit(2)
}
