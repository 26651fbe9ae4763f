import { must, type Context } from '../context.ts'
import { kindNames } from './kinds.ts'
import { pointsOf } from './points.rules.ts'
import { listSamples, readSample } from './samples.store.ts'

const shownSeconds = 30 * 60
/** A rate is that of the minute before. */
const leadSeconds = 90

/** How the queue was in the last half hour, and how it is now. */
export async function readRecentPoints({ database: { db }, actor }: Context) {
  must(actor, 'jobs:read')
  const [samples, sample] = await Promise.all([listSamples(db, shownSeconds + leadSeconds), readSample(db, kindNames)])
  const before = samples.filter(({ at }) => at < sample.at)
  const points = pointsOf([...before, sample])
  const now = points.pop()
  if (!now) throw new Error('A sample makes a point')
  return { now, points: points.filter(({ at }) => at > sample.at - shownSeconds) }
}
