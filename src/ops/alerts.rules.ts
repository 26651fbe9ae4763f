import type { Grade } from './grading.rules.ts'

type Severity = 'warning' | 'critical'

type Rule = { severity: Severity; title: string; cure: string }

/** Every alarm that there is. Each has a section of its name in docs/runbook.md, with its repair. */
export const alertRules = {
  jobs_failing: {
    severity: 'warning',
    title: 'Many jobs fail',
    cure: 'See `consign queue view --dead` for the reason; mend it, then `consign queue retry --all`',
  },
  dead_letters: {
    severity: 'warning',
    title: 'Dead letters wait for somebody',
    cure: 'See `consign queue view --dead`; mend them, retry them, or delete them with a reason',
  },
  cursor_stale: {
    severity: 'critical',
    title: 'The mirror stays behind',
    cure: 'See `consign audit sync-status` for the reason of each entity',
  },
  worker_silent: {
    severity: 'warning',
    title: 'A worker is silent',
    cure: 'See whether its process and its machine are alive; start `consign worker` again',
  },
  disk_low: {
    severity: 'critical',
    title: 'The disk is nearly full',
    cure: 'Free some space, or set CONSIGN_DATA_DIR to a larger disk',
  },
  webhooks_silent: {
    severity: 'warning',
    title: 'No webhooks come though the shops trade',
    cure: 'See `consign webhook status`, then register again: `consign webhook register --url …`',
  },
  reconcile_differences: {
    severity: 'warning',
    title: 'The mirror differed from Lightspeed, and nothing explains it',
    cure: 'Look at `GET /api/v1/reconciliations`; what differed was read again. Compare once more: `consign sync reconcile`',
  },
  session_idle: {
    severity: 'warning',
    title: 'Somebody keeps a transaction open',
    cure: 'End that program, or its session: select pg_terminate_backend(<pid>)',
  },
  breaker_open: {
    severity: 'critical',
    title: 'Lightspeed is left alone',
    cure: 'Wait; it is tried again by itself. Look at Lightspeed’s status page and at the way to the internet',
  },
  audit_broken: {
    severity: 'critical',
    title: 'The audit was changed',
    cure: 'Run `consign audit verify`, keep a copy of the database, and find out who wrote past Consign',
  },
  history_outside_partitions: {
    severity: 'warning',
    title: 'History lies outside its months',
    cure: 'Run `consign schedule run mirror.prune`, then move the rows as the runbook says',
  },
  health_red: {
    severity: 'critical',
    title: 'Consign is red: nothing is written to Lightspeed',
    cure: 'Run `consign health check --verbose`: each part says what helps',
  },
  part_not_well: {
    severity: 'critical',
    title: 'A part is not well',
    cure: 'Run `consign health check --verbose`: the part says what helps',
  },
} as const satisfies Record<string, Rule>

export type RuleName = keyof typeof alertRules

export function isRule(name: string): name is RuleName {
  return Object.hasOwn(alertRules, name)
}

/** What is looked at, once a minute. */
export type Facts = {
  failedLastHour: number
  dead: { count: number; oldestSeconds: number }
  staleCursors: readonly { entity: string; minutes: number }[]
  silentWorkers: readonly string[]
  disk: { freeBytes: number; isEnough: boolean; path: string }
  webhooksSilentSeconds: number | null
  unexplained: readonly { entity: string; count: number }[]
  idleSessions: readonly { pid: number; application: string; minutes: number }[]
  breaker: { isOpen: boolean; until: Date | null }
  auditFault: string | null
  historyOutsidePartitions: boolean
  grade: Grade
  reasons: readonly string[]
}

/** One cause of one rule; `cause` is empty where a rule has only one. Of each an alert is open at most. */
export type Finding = { rule: RuleName; cause: string; message: string }

const mostFailedAnHour = 10
const deadForSeconds = 3_600
const silentForSeconds = 15 * 60

/** All that is wrong. */
export function findingsOf(facts: Facts): Finding[] {
  return [...ofJobs(facts), ...ofTheMirror(facts), ...ofTheMachine(facts), ...ofTheWhole(facts)]
}

function ofJobs({ failedLastHour, dead, silentWorkers }: Facts): Finding[] {
  return [
    ...when(failedLastHour > mostFailedAnHour, 'jobs_failing', `${failedLastHour} jobs failed in the last hour`),
    ...when(
      dead.count > 0 && dead.oldestSeconds > deadForSeconds,
      'dead_letters',
      `${dead.count} dead letters wait, the oldest for ${Math.floor(dead.oldestSeconds / 3_600)} h`,
    ),
    ...silentWorkers.map((worker) => finding('worker_silent', worker, `The worker ${worker} is silent`)),
  ]
}

function ofTheMirror({
  staleCursors,
  webhooksSilentSeconds: silent,
  unexplained,
  breaker,
  ...facts
}: Facts): Finding[] {
  const stale = staleCursors.map(({ entity, minutes }) => `${entity} (${minutes} min)`)
  const differing = unexplained.map(({ entity, count }) => `${entity} (${count})`)
  return [
    ...when(stale.length > 0, 'cursor_stale', `Not read to the end for long: ${stale.join(', ')}`),
    ...when(
      silent !== null && silent > silentForSeconds,
      'webhooks_silent',
      `No webhook has come for ${Math.round((silent ?? 0) / 60)} minutes`,
    ),
    ...when(differing.length > 0, 'reconcile_differences', `Differences without a reason: ${differing.join(', ')}`),
    ...when(breaker.isOpen, 'breaker_open', `Lightspeed is left alone until ${breaker.until?.toISOString() ?? 'soon'}`),
    ...when(
      facts.historyOutsidePartitions,
      'history_outside_partitions',
      'Rows of product_qty_history lie in its default partition',
    ),
  ]
}

function ofTheMachine({ disk, idleSessions }: Facts): Finding[] {
  const idle = idleSessions.map(({ pid, application, minutes }) =>
    finding(
      'session_idle',
      String(pid),
      `${application || 'A program'} (process ${pid}) keeps a transaction open and idle for ${minutes} minutes`,
    ),
  )
  const left = `Only ${Math.round(disk.freeBytes / 1e6)} MB are free at ${disk.path}`
  return [...when(!disk.isEnough, 'disk_low', left), ...idle]
}

function ofTheWhole({ auditFault, grade, reasons }: Facts): Finding[] {
  return [
    ...when(auditFault !== null, 'audit_broken', auditFault ?? ''),
    ...when(grade === 'red', 'health_red', reasons.join(', ')),
  ]
}

function when(isSo: boolean, rule: RuleName, message: string): Finding[] {
  return isSo ? [finding(rule, '', message)] : []
}

function finding(rule: RuleName, cause: string, message: string): Finding {
  return { rule, cause, message }
}
