/** What leaves by itself, and after how many days. The audit is not among it: see docs/decisions/0030. */
export const keptDays = {
  webhooks: 90,
  calls: 90,
  jobs: 30,
  runs: 90,
  reconciliations: 90,
} as const

export type Aging = keyof typeof keptDays

/** In tables of our own; jobs are the queue's. */
export type OurAging = Exclude<Aging, 'jobs'>
