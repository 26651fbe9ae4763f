import type { House } from '../house.ts'
import { deadLetterQueue } from '../jobs/boss.ts'
import { kindNames } from '../jobs/kinds.ts'
import { listWorkers } from '../jobs/stats.store.ts'
import type { Facts } from './alerts.rules.ts'
import { listIdleSessions, listStaleCursors, listUnexplained, readStoredFacts } from './facts.store.ts'
import { stalestMinutes } from './health-of-lightspeed.ts'
import { readDisk } from './health-of-machine.ts'

const idleForMinutes = 5

/** All that alarms hang on, as it is now. A mirror that is only synced when asked cannot stay behind. */
export async function readFacts(house: House): Promise<Facts> {
  const { database, config, lightspeed, grade } = house
  const { db } = database
  const [stored, staleCursors, workers, disk, unexplained, idleSessions, breaker, graded] = await Promise.all([
    readStoredFacts(db, { kinds: kindNames, deadLetters: deadLetterQueue }),
    config.syncEverySeconds > 0 ? listStaleCursors(db, stalestMinutes) : [],
    listWorkers(db, config.workerSilentSeconds),
    readDisk(house),
    listUnexplained(db),
    listIdleSessions(db, idleForMinutes),
    lightspeed.breaker.read(),
    grade(),
  ])
  const { failedLastHour, deadCount, deadOldestSeconds, auditFault, historyOutsidePartitions } = stored
  return {
    failedLastHour,
    dead: { count: deadCount, oldestSeconds: deadOldestSeconds },
    staleCursors,
    silentWorkers: workers.filter(({ is_silent: isSilent }) => isSilent).map(({ host, pid }) => `${host}:${pid}`),
    disk: { freeBytes: disk.freeBytes, isEnough: disk.state === 'enough', path: disk.path },
    webhooksSilentSeconds: graded.signs.webhooksSilentSeconds,
    unexplained,
    idleSessions,
    breaker,
    auditFault,
    historyOutsidePartitions,
    grade: graded.grade,
    reasons: graded.reasons,
  }
}
