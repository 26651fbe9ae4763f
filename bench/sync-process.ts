import { readFileSync } from 'node:fs'
import { hc } from 'hono/client'
import { readConfig } from '#src/config.ts'
import type { Api } from '#src/http/app.ts'
import { endpoints } from '#src/lightspeed/endpoints.ts'
import { openHouse } from '#src/main.ts'
import type { Order, Outcome } from './consign.ts'

const token = 'the-administrator-of-the-bench'
/** Seldom: each look costs the process that is measured some garbage collection. The run itself says when it was over. */
const lookEveryMs = 250

/** Consign itself, without its door to the network: does each sync that it is asked for, and tells what it took. */
async function work() {
  const opened = await openHouse(readConfig({ ...process.env, CONSIGN_ADMIN_TOKEN: token }), () => {})
  const { app } = opened
  const api = hc<Api>('http://bench', {
    headers: { authorization: `Bearer ${token}` },
    fetch: async (input: string | URL | Request, init?: RequestInit) => app.request(input, init),
  })
  process.on('message', (order: Order) => void carryOut(api, order).then((outcome) => process.send?.(outcome)))
  process.once('disconnect', () => void opened[Symbol.asyncDispose]().then(() => process.exit(0)))
  process.send?.('ready')
}

async function carryOut(api: ReturnType<typeof hc<Api>>, { entities, full, pageSize }: Order): Promise<Outcome> {
  if (pageSize !== undefined) for (const name of ['inventory', 'sales'] as const) endpoints[name].pageSize = pageSize
  const cpuBefore = process.cpuUsage()
  const askedAt = performance.timeOrigin + performance.now()
  const asked = await api.api.v1.sync.runs.$post({ json: { entities, full } })
  const { id } = await asked.json()
  for (;;) {
    const run = await (await api.api.v1.sync.runs[':id'].$get({ param: { id } })).json()
    if (run.finishedAt !== null) {
      const { user, system } = process.cpuUsage(cpuBefore)
      return {
        ms: Date.parse(run.finishedAt) - askedAt,
        state: run.state,
        pages: sum(run.entities.map(({ pages }) => pages)),
        fetched: sum(run.entities.map(({ fetched }) => fetched)),
        written: sum(run.entities.map(({ inserted, updated }) => inserted + updated)),
        cpuSeconds: (user + system) / 1e6,
        peakRssMb: peakRssMb(),
      }
    }
    await new Promise((soon) => setTimeout(soon, lookEveryMs))
  }
}

/** Not resourceUsage().maxRSS: that begins with the size of the process that started this one. */
function peakRssMb(): number {
  const [, kilobytes = 0] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

await work()
