/** How the queue stood: seconds since 1970 by the database's clock, and tries counted since the beginning. */
export type Sample = { at: number; waiting: number; running: number; done: number; failed: number }

/** A point of the charts: tries of the minute before it that were done and that failed, null where nothing tells. */
export type Point = {
  at: number
  waiting: number
  running: number
  donePerMinute: number | null
  failedPerMinute: number | null
}

const spanSeconds = 60

/** The points of samples in the order of their time. Where samples are missing, a rate is that of the time between. */
export function pointsOf(samples: readonly Sample[]): Point[] {
  let base = 0
  return samples.map((sample, place) => {
    while (base + 1 < place && sample.at - at(samples, base + 1) >= spanSeconds) base++
    const { waiting, running } = sample
    return { at: Math.round(sample.at), waiting, running, ...ratesSince(samples[base], sample) }
  })
}

function at(samples: readonly Sample[], place: number): number {
  return samples[place]?.at ?? 0
}

function ratesSince(base: Sample | undefined, sample: Sample) {
  const minutes = base ? (sample.at - base.at) / 60 : 0
  if (!base || minutes <= 0) return { donePerMinute: null, failedPerMinute: null }
  return {
    donePerMinute: rate(sample.done - base.done, minutes),
    failedPerMinute: rate(sample.failed - base.failed, minutes),
  }
}

function rate(count: number, minutes: number): number {
  return Math.max(0, Math.round((count / minutes) * 10) / 10)
}
