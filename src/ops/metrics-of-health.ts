import { Gauge, type Registry } from 'prom-client'
import type { House } from '../house.ts'
import { alertRules } from './alerts.rules.ts'
import { countOpenAlerts } from './alerts.store.ts'
import { readDisk } from './health-of-machine.ts'

const grades = { green: 0, amber: 1, red: 2 } as const

/** What the grade of the whole hangs on, and which alarms are open. */
export async function addHealth(registry: Registry, house: House) {
  const [{ grade, signs }, breaker, open, disk] = await Promise.all([
    house.grade(),
    house.lightspeed.breaker.read(),
    countOpenAlerts(house.database.db),
    readDisk(house),
  ])
  const { calls, webhooksSilentSeconds, workersAlive } = signs
  const share = (part: number) => (calls.total > 0 ? part / calls.total : 0)
  one(registry, 'health_grade', 'How the whole is: 0 green, 1 amber, 2 red', grades[grade])
  one(registry, 'workers_alive', 'Workers that were heard of lately', workersAlive)
  one(registry, 'lightspeed_breaker_open', '1 while Lightspeed is left alone', breaker.isOpen ? 1 : 0)
  one(registry, 'disk_free_bytes', 'Free on the disk of the data folder', disk.freeBytes)
  one(registry, 'webhooks_silent_seconds', 'Time without a webhook while shops trade', webhooksSilentSeconds ?? 0)
  const ratio = labelled(registry, 'lightspeed_error_ratio', 'Share of the last ten minutes’ calls that failed', 'kind')
  ratio.set({ kind: '5xx' }, share(calls.serverErrors))
  ratio.set({ kind: '429' }, share(calls.refusals))
  const firing = labelled(registry, 'alerts_firing', 'Alarms that are open', 'rule')
  for (const rule of Object.keys(alertRules))
    firing.set({ rule }, open.find((found) => found.rule === rule)?.count ?? 0)
}

function one(registry: Registry, name: string, help: string, value: number) {
  new Gauge({ name, help, registers: [registry] }).set(value)
}

function labelled(registry: Registry, name: string, help: string, label: string) {
  return new Gauge({ name, help, labelNames: [label], registers: [registry] })
}
