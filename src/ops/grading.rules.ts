export type Grade = 'green' | 'amber' | 'red'

export type QueueLoad = { waiting: number; oldestWaitingSeconds: number; workersAlive: number }

/** What was asked of Lightspeed lately, and how much of it failed by its own fault, or for too many requests. */
export type Calls = { total: number; serverErrors: number; refusals: number }

export type Signs = QueueLoad & {
  calls: Calls
  /** How long no webhook has come though the shops trade; null where none can be missed. */
  webhooksSilentSeconds: number | null
}

export type Verdict = { grade: Grade; reasons: string[] }

type Limits = { amber: number; red: number }

const limits = {
  waiting: { amber: 1_000, red: 5_000 },
  oldestSeconds: { amber: 10 * 60, red: 30 * 60 },
  serverErrors: { amber: 0.05, red: 0.15 },
  refusals: { amber: 0.05, red: 0.2 },
  webhooksSilentSeconds: { amber: 15 * 60, red: Infinity },
} as const satisfies Record<string, Limits>

/** Of fewer calls a share says nothing: one failure of two is not a half of Lightspeed. */
const fewestCalls = 20

/** How the whole is doing, and in words why it is not green. */
export function gradeOf(signs: Signs): Verdict {
  return worstOf([gradeOfQueue(signs), gradeOfCalls(signs.calls), gradeOfWebhooks(signs.webhooksSilentSeconds)])
}

/** How the queue is doing. */
export function gradeOfQueue(load: QueueLoad): Verdict {
  return worstOf([gradeOfWaiting(load), gradeOfWorkers(load)])
}

export function gradeOfWaiting({ waiting, oldestWaitingSeconds }: Omit<QueueLoad, 'workersAlive'>): Verdict {
  return worstOf([
    measured(waiting, limits.waiting, `${waiting} jobs wait`),
    measured(
      oldestWaitingSeconds,
      limits.oldestSeconds,
      `the oldest job has waited for ${Math.round(oldestWaitingSeconds / 60)} minutes`,
    ),
  ])
}

/** That nobody works harms as soon as there is something to do. */
export function gradeOfWorkers({ waiting, workersAlive }: Pick<QueueLoad, 'waiting' | 'workersAlive'>): Verdict {
  if (workersAlive > 0) return well
  return { grade: waiting > 0 ? 'red' : 'amber', reasons: ['no worker runs'] }
}

export function gradeOfCalls({ total, serverErrors, refusals }: Calls): Verdict {
  if (total < fewestCalls) return well
  const [failed, refused] = [serverErrors / total, refusals / total]
  return worstOf([
    measured(failed, limits.serverErrors, `${percent(failed)} of the calls fail at Lightspeed`),
    measured(refused, limits.refusals, `${percent(refused)} of the calls are too many for Lightspeed`),
  ])
}

export function gradeOfWebhooks(silentSeconds: number | null): Verdict {
  if (silentSeconds === null) return well
  const said = `no webhook has come for ${Math.round(silentSeconds / 60)} minutes`
  return measured(silentSeconds, limits.webhooksSilentSeconds, said)
}

/** Red stops writes to Lightspeed: what cannot be worked off must not grow, and what cannot be read back is not known. */
export function mayWriteToLightspeed(grade: Grade): boolean {
  return grade !== 'red'
}

/** How many jobs of the risky kinds one worker does at the same time. */
export function mostRiskyAtOnce(grade: Grade): number {
  if (!mayWriteToLightspeed(grade)) return 0
  return grade === 'amber' ? 1 : Infinity
}

const well: Verdict = { grade: 'green', reasons: [] }

function measured(value: number, { amber, red }: Limits, reason: string): Verdict {
  if (value <= amber) return well
  return { grade: value > red ? 'red' : 'amber', reasons: [reason] }
}

/** The worst of them, with all that was said. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const grades = new Set(verdicts.map(({ grade }) => grade))
  const grade = grades.has('red') ? 'red' : grades.has('amber') ? 'amber' : 'green'
  return { grade, reasons: verdicts.flatMap(({ reasons }) => reasons) }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
