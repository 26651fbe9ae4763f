import { z } from 'zod'
import { readDeadLetters } from '../jobs/dead-letters.actions.ts'
import { processJobs } from '../jobs/processing.actions.ts'
import { readJobStats } from '../jobs/stats.actions.ts'
import { deed } from './deed.ts'
import { text, wholeNumber } from './parameters.ts'
import { deadLetterPage } from '../jobs/dead-letters.shapes.ts'
import { jobStats, processed } from '../jobs/jobs.shapes.ts'

export const queueStats = deed({
  summary: 'How the queue is doing, kind by kind, and who works',
  takes: z.strictObject({}),
  example: {},
  tells: jobStats,
  does: (c) => readJobStats(c.var.context, c.var.house.config.workerSilentSeconds),
})

export const queueProcess = deed({
  summary: 'Do waiting jobs now, `limit` (100) at the most, and say how they ended',
  takes: z.strictObject({ limit: wholeNumber([1, 1000]).default(100), type: text(100).optional() }),
  example: { limit: 50 },
  tells: processed,
  does: (c, { limit: batch, type: kind }) => processJobs(c.var.house, c.var.context, { batch, kind }),
})

export const queueFailed = deed({
  summary: 'Dead letters: jobs that failed for good, newest first, `limit` (50) at the most',
  takes: z.strictObject({
    limit: wholeNumber([1, 500]).default(50),
    type: text(100).optional(),
    after: text(200).optional(),
  }),
  example: { limit: 20 },
  tells: deadLetterPage,
  does: (c, { type: kind, ...page }) => readDeadLetters(c.var.context, { ...page, kind }),
})
