import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { quickSize, wholeSize, type Figure, type Size } from './measure.ts'
import { measureClaims } from './measures/claims.ts'
import { measureConsignments } from './measures/consignments.ts'
import { measureCounting } from './measures/counting.ts'
import { measureFullSync, measurePageSizes } from './measures/full-sync.ts'
import { measureMemory } from './measures/memory.ts'
import { measurePushes } from './measures/pushes.ts'
import { measureQueue } from './measures/queue.ts'
import { measureReceiving } from './measures/receiving.ts'
import { measureRowByRow } from './measures/row-by-row.ts'
import { measureSearch } from './measures/search.ts'
import { measureStages } from './measures/stages.ts'
import { measureStartUp } from './measures/start-up.ts'
import { measureUnchanged } from './measures/unchanged.ts'
import { measureWebhooks } from './measures/webhooks.ts'
import { openBenchServer, type BenchServer } from './postgres.ts'
import { describeMachine, reportOf } from './report.ts'

const measures: Record<string, (server: BenchServer, size: Size) => Promise<Figure[]>> = {
  inventory: (server, size) => measureFullSync(server, 'inventory', size),
  sales: (server, size) => measureFullSync(server, 'sales', size),
  unchanged: measureUnchanged,
  memory: measureMemory,
  'row-by-row': measureRowByRow,
  'page-sizes': measurePageSizes,
  stages: measureStages,
  queue: measureQueue,
  claims: measureClaims,
  webhooks: measureWebhooks,
  search: measureSearch,
  receiving: measureReceiving,
  consignments: measureConsignments,
  counting: measureCounting,
  pushes: measurePushes,
  start: (_server, size) => measureStartUp(size),
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true }, json: { type: 'boolean' } },
})
const names = values.only ?? Object.keys(measures)
const unknown = names.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(`--only: there is no ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}`)
  process.exit(2)
}

await using server = await openBenchServer()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await server[Symbol.asyncDispose]()
    process.exit(130)
  })
const size = values.quick ? quickSize : wholeSize
const figures: Figure[] = []
for (const name of names) {
  console.error(`measuring ${name} …`)
  figures.push(...((await measures[name]?.(server, size)) ?? []))
}
const machine = describeMachine(server.version)
const report = reportOf(figures, machine)
console.log(values.json ? JSON.stringify({ machine, figures }, null, 2) : report)
if (!values.quick && !values.only) keep(report)

/** Only the figures of a whole run go into the papers; the prose around them stays. */
function keep(text: string) {
  const file = new URL('../docs/performance.md', import.meta.url)
  const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->']
  const paper = readFileSync(file, 'utf8')
  const [head = '', tail = ''] = [paper.split(begin)[0], paper.split(end)[1]]
  writeFileSync(file, `${head}${begin}\n\n${text}\n\n${end}${tail}`)
}
