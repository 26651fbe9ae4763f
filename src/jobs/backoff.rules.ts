const firstDelayMs = 200
const longestDelayMs = 15 * 60_000

/**
 * Milliseconds until the next try after so many failures: 200 ms × 2^failures, give or take a half, so that jobs that
 * failed together do not come back together. `random` is between 0 and 1.
 */
export function retryDelayMs(failures: number, random: number): number {
  return Math.min(longestDelayMs, Math.round(firstDelayMs * 2 ** Math.min(failures, 30) * (0.5 + random)))
}
