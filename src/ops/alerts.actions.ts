import { createHash } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Database, Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { House } from '../house.ts'
import { enqueueMany } from '../jobs/queue.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  acknowledge,
  findAlert,
  hasOpenAlert,
  listAlerts,
  lockAlert,
  openAlerts,
  resolveOthers,
  type AlertRow,
  type AlertState,
} from './alerts.store.ts'
import { alertRules, findingsOf, isRule, type Finding } from './alerts.rules.ts'
import { readFacts } from './facts.ts'
import { readHealth } from './health.actions.ts'

export type Watching = { opened: AlertView[]; resolved: AlertView[] }

/**
 * Looks at everything that alarms hang on: opens what is new, resolves what is over, and has both handed over, in one
 * transaction. `asksAll`: every part of the health too, and not only while one of them is known to be unwell.
 */
export async function watch(
  house: House,
  { correlationId }: Pick<Context, 'correlationId'>,
  { asksAll = false, dryRun = false } = {},
): Promise<Watching> {
  const { database, config } = house
  const looksAtParts = asksAll || (await hasOpenAlert(database.db, 'part_not_well'))
  const findings = findingsOf(await readFacts(house))
  const found = [...findings, ...(looksAtParts ? await unwellParts(house) : [])].map(weighed)
  return perhaps(dryRun, database, async (db) => {
    const opened = await openAlerts(db, found)
    const resolved = await resolveOthers(db, found)
    const told = [
      ...opened.map(({ id }) => ({ id, event: 'opened' as const })),
      ...resolved.map(({ id }) => ({ id, event: 'resolved' as const })),
    ]
    await handOver(db, config.alerts.urls, told, correlationId)
    return { opened: opened.map(alertView), resolved: resolved.map(alertView) }
  })
}

/** Does it in one transaction; a dry run is taken back when it has told what it would do. */
async function perhaps(dryRun: boolean, database: Database, work: (db: Db) => Promise<Watching>): Promise<Watching> {
  let would: Watching | undefined
  const done = inTransaction(database, async ({ db }) => {
    would = await work(db)
    if (dryRun) throw new TakenBack()
    return would
  })
  return done.catch((error: unknown) => {
    if (error instanceof TakenBack && would) return would
    throw error
  })
}

class TakenBack extends Error {
  override readonly name = 'TakenBack'
}

function weighed({ rule, cause, message }: Finding) {
  return { rule, cause, message, severity: alertRules[rule].severity }
}

/** A person has everything looked at now, Lightspeed too. `dryRun`: only what would be opened and resolved. */
export async function watchNow(house: House, context: Context, dryRun: boolean): Promise<Watching> {
  must(context.actor, 'alerts:acknowledge')
  return watch(house, context, { asksAll: true, dryRun })
}

/** Alarms, newest first. */
export async function readAlerts(
  { database, actor }: Context,
  page: { state: AlertState; before: number | undefined; limit: number },
) {
  must(actor, 'health:read')
  const rows = await listAlerts(database.db, page)
  return pageOf(rows, page.limit, { view: alertView, after: (last) => String(last.id) })
}

/** Throws a Refusal (404) for an unknown one. */
export async function readAlert({ database, actor }: Context, id: number): Promise<AlertView> {
  must(actor, 'health:read')
  const row = await findAlert(database.db, id)
  if (row) return alertView(row)
  throw unknownAlert(id)
}

/** Somebody sees to it. It stays open until its cause is gone. Doing it twice leaves the first one's name. */
export async function acknowledgeAlert({ database, actor, correlationId }: Context, id: number): Promise<AlertView> {
  must(actor, 'alerts:acknowledge')
  return inTransaction(database, async ({ db }) => {
    const known = await lockAlert(db, id)
    if (!known) throw unknownAlert(id)
    if (known.acknowledged_at !== null) return alertView(known)
    const after = await acknowledge(db, id, actor.id)
    const what = { action: 'alert.acknowledged', entity: 'alert', entityId: String(id) }
    const { rule, cause } = known
    await record(db, {
      ...what,
      before: { rule, cause, acknowledgedBy: null },
      after: { rule, cause, acknowledgedBy: actor.id },
      actor: actor.id,
      correlationId,
    })
    return alertView(after)
  })
}

function unknownAlert(id: number): Refusal {
  return new Refusal('not_found', 'alert_unknown', `There is no alarm ${id}`)
}

/** Tells an address from another without telling it: it may hold a secret. */
export function nameOfAddress(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16)
}

export type AlertView = ReturnType<typeof alertView>

export function alertView(row: AlertRow) {
  const rule = isRule(row.rule) ? alertRules[row.rule] : undefined
  return {
    id: String(row.id),
    rule: row.rule,
    cause: row.cause,
    severity: row.severity,
    title: rule?.title ?? row.rule,
    message: row.message,
    cure: rule?.cure ?? null,
    runbook: `docs/runbook.md#${row.rule}`,
    openedAt: row.opened_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: row.acknowledged_by,
  }
}

type Told = { id: number; event: 'opened' | 'resolved' }

async function handOver(tx: Db, urls: readonly string[], told: readonly Told[], correlationId: string) {
  const jobs = told.flatMap(({ id, event }) =>
    urls.map((url) => {
      const args = { alertId: String(id), event, to: nameOfAddress(url) }
      return { args, key: `${event}:${id}:${args.to}`, priority: 10, correlationId }
    }),
  )
  await enqueueMany(tx, 'ops.hand-over', jobs)
}

async function unwellParts(house: House): Promise<Finding[]> {
  const { parts } = await readHealth(house)
  return parts
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => ({ rule: 'part_not_well', cause: name, message: `${name}: ${detail}` }))
}
