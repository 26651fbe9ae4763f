import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Db } from '../db/database.ts'
import type { House } from '../house.ts'
import { kindNames } from '../jobs/kinds.ts'
import { countDead, readKindStats } from '../jobs/stats.store.ts'
import { addHealth } from './metrics-of-health.ts'
import { countAuditRows, listPulses, listStandings } from './metrics.store.ts'
import { listTotals } from './tally.store.ts'
import type { Counted } from './tally.ts'

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE

const rememberedMs = 1_000

/** The text that Prometheus reads: of this process how it is, of all processes together what the database knows. */
export function openMetrics(house: House): () => Promise<string> {
  const { database, tally } = house
  const { db } = database
  let last: { at: number; text: Promise<string> } | undefined
  const read = async () => {
    await tally.flush()
    const registry = new Registry()
    await Promise.all([
      addTotals(registry, db),
      addJobs(registry, db),
      addMirror(registry, db),
      addAudit(registry, db),
      addHealth(registry, house),
    ])
    return Registry.merge([ofThisProcess(), registry]).metrics()
  }
  return () => {
    if (!last || performance.now() - last.at > rememberedMs) last = { at: performance.now(), text: read() }
    return last.text
  }
}

let ownRegistry: Registry | undefined

/** Made once: its watching of the event loop and of the memory cannot be taken back. */
function ofThisProcess(): Registry {
  if (ownRegistry) return ownRegistry
  ownRegistry = new Registry()
  collectDefaultMetrics({ register: ownRegistry })
  return ownRegistry
}

const totals: Record<Counted, { help: string; label: string }> = {
  jobs_processed_total: { help: 'Jobs that were done', label: 'kind' },
  jobs_failed_total: { help: 'Tries of jobs that failed', label: 'kind' },
  webhooks_received_total: { help: 'Webhooks that knocked, by how they were answered', label: 'status' },
  lightspeed_calls_total: { help: 'Calls to Lightspeed, by how they were answered', label: 'status' },
  lightspeed_call_milliseconds_total: {
    help: 'Time spent waiting for Lightspeed, by how it answered',
    label: 'status',
  },
}

async function addTotals(registry: Registry, db: Db) {
  const counted = await listTotals(db)
  for (const [name, { help, label }] of Object.entries(totals)) {
    const counter = new Counter({ name, help, labelNames: [label], registers: [registry] })
    for (const total of counted) if (total.name === name) counter.inc({ [label]: total.label }, total.value)
  }
}

const lately = 5

async function addJobs(registry: Registry, db: Db) {
  const [kinds, dead, pulses] = await Promise.all([readKindStats(db, kindNames, lately), countDead(db), listPulses(db)])
  const depth = gauge(registry, 'queue_depth', 'Jobs that are due and wait', ['kind'])
  const running = gauge(registry, 'queue_running', 'Jobs at work', ['kind'])
  const oldest = gauge(registry, 'queue_oldest_waiting_seconds', 'How long the oldest due job has waited', ['kind'])
  const buried = gauge(registry, 'dead_letters', 'Jobs that were given up', ['kind'])
  const rate = gauge(registry, 'jobs_per_minute', 'Jobs done, over the last five minutes', ['kind'])
  const failing = gauge(registry, 'jobs_failed_per_minute', 'Jobs given up, over the last five minutes', ['kind'])
  for (const { kind, ...of } of kinds) {
    rate.set({ kind }, of.done_lately / lately)
    failing.set({ kind }, of.failed_lately / lately)
    depth.set({ kind }, of.waiting)
    running.set({ kind }, of.running)
    oldest.set({ kind }, Math.max(0, of.oldest_waiting_seconds ?? 0))
    buried.set({ kind }, dead.get(kind) ?? 0)
  }
  const heartbeat = gauge(registry, 'worker_heartbeat_age_seconds', 'Time since a worker was heard of', ['worker'])
  const slots = gauge(registry, 'worker_slots', 'Jobs that a worker does at the same time', ['worker'])
  for (const { worker, secondsAgo, slots: count } of pulses) {
    heartbeat.set({ worker }, secondsAgo)
    slots.set({ worker }, count)
  }
}

async function addMirror(registry: Registry, db: Db) {
  const lag = gauge(registry, 'sync_lag_seconds', 'Time since an entity was last read to the end', ['entity'])
  const cursor = gauge(registry, 'sync_cursor', 'The version up to which an entity was read', ['entity'])
  const rows = gauge(registry, 'mirror_rows', 'Rows of an entity in the mirror', ['entity'])
  const rejected = gauge(registry, 'mirror_rejected', 'Records that were put aside', ['entity'])
  for (const { entity, ...of } of await listStandings(db)) {
    if (of.lagSeconds !== null) lag.set({ entity }, of.lagSeconds)
    cursor.set({ entity }, of.cursor)
    rows.set({ entity }, of.rows)
    rejected.set({ entity }, of.rejected)
  }
}

async function addAudit(registry: Registry, db: Db) {
  const counter = new Counter({ name: 'audit_rows_total', help: 'Rows of the audit', registers: [registry] })
  counter.inc(await countAuditRows(db))
}

function gauge(registry: Registry, name: string, help: string, labelNames: string[]) {
  return new Gauge({ name, help, labelNames, registers: [registry] })
}
