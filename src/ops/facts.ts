import type { House } from '../house.ts'
import { kindNames } from '../jobs/kinds.ts'
import { listWorkers, readTroubles } from '../jobs/stats.store.ts'
import type { Facts } from './alerts.rules.ts'
import { listIdleSessions, listStaleCursors, listUnexplained, readStoredFacts } from './facts.store.ts'
import { stalestMinutes } from './health-of-lightspeed.ts'
import { readDisk } from './health-of-machine.ts'

const idleForMinutes = 5

/** All that alarms hang on, as it is now. A mirror that is only synced when asked cannot stay behind. */
export async function readFacts(house: House): Promise<Facts> {
  const { database, config, lightspeed, grade } = house
  const { db } = database
  const [stored, jobs, staleCursors, workers, disk, unexplained, idleSessions, breaker, graded] = await Promise.all([
    readStoredFacts(db),
    readTroubles(db, kindNames),
    config.syncEverySeconds > 0 ? listStaleCursors(db, stalestMinutes) : [],
    listWorkers(db, config.workerSilentSeconds),
    readDisk(house),
    listUnexplained(db),
    listIdleSessions(db, idleForMinutes),
    lightspeed.breaker.read(),
    grade(),
  ])
  return {
    failedLastHour: jobs.failedLastHour,
    dead: { count: jobs.dead, oldestSeconds: jobs.deadOldestSeconds },
    staleCursors,
    silentWorkers: workers.filter(({ is_silent: isSilent }) => isSilent).map(({ host, pid }) => `${host}:${pid}`),
    disk: { freeBytes: disk.freeBytes, isEnough: disk.state === 'enough', path: disk.path },
    webhooksSilentSeconds: graded.signs.webhooksSilentSeconds,
    unexplained,
    idleSessions,
    breaker,
    ...stored,
    grade: graded.grade,
    reasons: graded.reasons,
  }
}
