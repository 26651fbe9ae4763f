import type { House } from '../house.ts'
import { databasePart, diskPart, processPart } from './health-of-machine.ts'
import { cursorsPart, lightspeedParts, webhooksPart } from './health-of-lightspeed.ts'
import { queuePart, schedulesPart, workersPart } from './health-of-queue.ts'
import { mayWriteToLightspeed, worstOf, type Grade } from './grading.rules.ts'
import type { Part } from './parts.ts'

export type Health = { ok: boolean; parts: Part[] }

export type WholeHealth = Health & { grade: Grade; reasons: string[]; mayWrite: boolean }

/**
 * Each part with its state and, where it is not well, its cure; and the grade of the whole. Never throws: what cannot be
 * told is not well.
 */
export async function readHealth(house: House): Promise<WholeHealth> {
  const found = await Promise.all([
    databasePart(house),
    diskPart(house),
    lightspeedParts(house),
    cursorsPart(house),
    queuePart(house),
    workersPart(house),
    schedulesPart(house),
    webhooksPart(house),
  ])
  const parts = found.flat()
  return { ok: parts.every((part) => part.ok), ...(await readGrade(house)), parts }
}

/** Ready to be asked: the database answers, and Consign is not stopping. The grade goes along; it takes nobody out of service. */
export async function readReadiness(house: House): Promise<WholeHealth> {
  const parts = [processPart(house), await databasePart(house)]
  return { ok: parts.every((part) => part.ok), ...(await readGrade(house)), parts }
}

/** Green, amber or red, why, and whether Consign writes to Lightspeed just now. Red where the database cannot tell. */
export async function readGrade({ grade }: Pick<House, 'grade'>) {
  const { grade: current, reasons } = await grade().catch(() => worstOf([{ grade: 'red', reasons: [away] }]))
  return { grade: current, reasons, mayWrite: mayWriteToLightspeed(current) }
}

const away = 'the database does not answer'
