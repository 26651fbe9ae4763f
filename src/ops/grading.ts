import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { kindNames } from '../jobs/kinds.ts'
import { readLoad } from '../jobs/stats.store.ts'
import { gradeOf, type Signs, type Verdict } from './grading.rules.ts'
import { findHooks, readCalls } from './signs.store.ts'
import { silentSeconds } from './trading.rules.ts'

type Graded = Verdict & { signs: Signs }

/** The grade of the whole, as it was at most two seconds ago. Rejects where the database cannot tell. */
export type CurrentGrade = () => Promise<Graded>

type Parts = { database: Database; config: Config }

const rememberedMs = 2_000
const callsOfMinutes = 10

/** Whoever is about to write to Lightspeed asks this first (mayWriteToLightspeed), and so do the worker and the pages. */
export function openGrading({ database, config }: Parts): CurrentGrade {
  let last: { at: number; graded: Promise<Graded> } | undefined
  const read = async () => {
    const signs = await readSigns({ database, config })
    return { ...gradeOf(signs), signs }
  }
  return () => {
    if (!last || performance.now() - last.at > rememberedMs) {
      const graded = read()
      last = { at: performance.now(), graded }
      graded.catch(() => (last = undefined))
    }
    return last.graded
  }
}

async function readSigns({ database: { db }, config }: Parts): Promise<Signs> {
  const [load, calls, hooks] = await Promise.all([
    readLoad(db, kindNames, config.workerSilentSeconds),
    readCalls(db, callsOfMinutes),
    findHooks(db),
  ])
  const { waiting, oldestWaitingSeconds, workersAlive } = load
  return { waiting, oldestWaitingSeconds, workersAlive, calls, webhooksSilentSeconds: silenceOf(hooks, config) }
}

function silenceOf(hooks: Awaited<ReturnType<typeof findHooks>>, { tradingHours: hours }: Config): number | null {
  if (!hooks || hooks.lastAt === null) return null
  const { now, lastAt, timeZone } = hooks
  return silentSeconds({ now, lastAt, hours, timeZone })
}
