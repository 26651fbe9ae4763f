import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { openShop } from '#test/shop.ts'
import { trackedFiles } from '#test/tracked-files.ts'
import { alertRules, isRule } from './alerts.rules.ts'

const panel = z.object({
  id: z.int().positive(),
  title: z.string().min(1),
  type: z.enum(['timeseries', 'stat']),
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string() }), overrides: z.array(z.unknown()) }),
  targets: z.array(z.object({ refId: z.string().regex(/^[A-Z]$/), expr: z.string().min(1) })).min(1),
})
const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.int().min(36),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({ list: z.array(z.object({ name: z.literal('source'), type: z.literal('datasource') })) }),
  panels: z.array(panel).min(10),
})
const rule = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string().regex(/^\d+[mh]$/),
  labels: z.object({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.object({ summary: z.string(), description: z.string(), runbook: z.string().optional() }),
})
const rules = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })).length(1) })

test('every number has its kind, its meaning and its value, and those that others rely on are there', async () => {
  await using shop = await openShop()
  await shop.sync('outlets')
  const metrics = parseMetrics(await (await shop.app.request('/metrics')).text())
  for (const name of reliedOn) assert.ok(metrics.has(name), name)
  const firing = metrics.get('alerts_firing')
  assert.deepEqual(firing?.samples.map(({ labels }) => labels['rule']).toSorted(), Object.keys(alertRules).toSorted())
  assert.equal(metrics.get('health_grade')?.samples[0]?.value, 1, 'amber: no worker runs')
  assert.equal(metrics.get('jobs_failed_total')?.type, 'counter')
})

const reliedOn = (
  'jobs_processed_total jobs_failed_total webhooks_received_total queue_depth jobs_per_minute jobs_failed_per_minute ' +
  'sync_lag_seconds sync_cursor worker_heartbeat_age_seconds dead_letters lightspeed_error_ratio lightspeed_breaker_open ' +
  'alerts_firing health_grade disk_free_bytes'
).split(' ')

test('the dashboard can be opened, and every panel asks for numbers that there are', async () => {
  const { panels } = dashboard.parse(JSON.parse(read('ops/grafana/consign.json')))
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
  for (const { gridPos } of panels) assert.ok(gridPos.x + gridPos.w <= 24)
  const known = await knownNames()
  const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)))
  assert.deepEqual(
    asked.filter((name) => !known.has(name)),
    [],
  )
})

test('the rules of Prometheus ask for numbers that there are, and lead to a section of the runbook', async () => {
  const [group] = rules.parse(parseYaml(read('ops/prometheus/alerts.yml'))).groups
  const known = await knownNames()
  for (const { alert, expr, annotations } of group?.rules ?? []) {
    assert.deepEqual(
      namesIn(expr).filter((name) => name !== 'up' && !known.has(name)),
      [],
      alert,
    )
    const section = annotations.runbook?.split('#')[1]
    assert.ok(section === undefined || section.startsWith('{{') || isRule(section), alert)
  }
})

type Metric = { type: string; samples: { labels: Record<string, string | undefined>; value: number }[] }

async function knownNames(): Promise<Set<string>> {
  await using shop = await openShop()
  return new Set(parseMetrics(await (await shop.app.request('/metrics')).text()).keys())
}

/** Reads the text format of Prometheus 0.0.4, and fails on any line that it does not allow. */
function parseMetrics(text: string): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  const helps = new Set<string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, about, name = '', said = ''] = /^# (HELP|TYPE) ([a-z_]\w*) (.+)$/.exec(line) ?? []
    if (about === 'HELP') helps.add(name)
    else if (about === 'TYPE') {
      assert.ok(helps.has(name) && !metrics.has(name) && /^(counter|gauge|histogram|summary)$/.test(said), line)
      metrics.set(name, { type: said, samples: [] })
    } else addSample(metrics, line)
  }
  return metrics
}

function addSample(metrics: Map<string, Metric>, line: string) {
  const [, name = '', , labels = '', number = ''] = /^([a-z_]\w*)(\{(.*)\})? (\S+)$/.exec(line) ?? []
  const metric = metrics.get(name) ?? metrics.get(name.replace(/_(bucket|sum|count)$/, ''))
  assert.ok(metric, `without a type: ${line}`)
  const value = number === '+Inf' ? Infinity : Number(number)
  assert.ok(number === 'Nan' || number === 'NaN' || !Number.isNaN(value), line)
  const pairs = Array.from(labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(,|$)/g))
  assert.equal(pairs.map(([pair]) => pair).join(''), labels, line)
  metric.samples.push({ labels: Object.fromEntries(pairs.map(([, label, of]) => [label, of])), value })
}

const functions = new Set(['sum', 'max', 'min', 'by', 'rate', 'increase'])

/** The metrics that a query names: its words without functions, labels and spans of time. */
function namesIn(query: string): string[] {
  const bare = query.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)/g, ' ')
  return Array.from(bare.matchAll(/[a-z_]\w*/g), ([name]) => name).filter((name) => !functions.has(name))
}

function read(path: string): string {
  return trackedFiles().find((file) => file.path === path)?.text ?? assert.fail(`${path} is missing`)
}
