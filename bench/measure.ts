/** One line of the report. Ratios come first: absolute times are those of one machine on one day. */
export type Figure = { what: string; ratio: number | null; limit: string; detail: string }

export type Size = {
  inventoryRows: number
  salesRows: number
  manyRows: number
  jobs: number
  letters: number
  rounds: number
  scale: string
}

export const wholeSize: Size = {
  inventoryRows: 200_000,
  salesRows: 100_000,
  manyRows: 1_000_000,
  jobs: 20_000,
  letters: 5_000,
  rounds: 3,
  scale: 'shop',
}
export const quickSize: Size = {
  inventoryRows: 20_000,
  salesRows: 5_000,
  manyRows: 60_000,
  jobs: 5_000,
  letters: 1_000,
  rounds: 3,
  scale: 'tiny',
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}

/** How near to a limit all but the slowest twentieth came. */
export function p95Figure(what: string, times: readonly number[], limitMs: number): Figure {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const said = [0.5, 0.95, 1].map((share) => at(share).toFixed(1))
  const detail = `p50 ${said[0]}, p95 ${said[1]}, longest ${said[2]} ms of ${times.length}`
  return { what, ratio: at(0.95) / limitMs, limit: `under 1.0 (${limitMs} ms)`, detail }
}

/** Milliseconds of one work after the other. */
export async function timesOf(times: number, work: (at: number) => Promise<void>): Promise<number[]> {
  const took: number[] = []
  for (let at = 0; at < times; at += 1) {
    const startedAt = performance.now()
    await work(at)
    took.push(performance.now() - startedAt)
  }
  return took
}

export function perSecond(rows: number, ms: number): string {
  return `${Math.round(rows / (ms / 1000)).toLocaleString('en')} rows/s`
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** How many rows the shelf of a bench holds, as the simulated retailer's scale. */
export function shelfOf(collection: 'inventory' | 'sales', rows: number) {
  const inventory = `retailer:products=${Math.ceil(rows / 20)},inventory=${rows},sales=0`
  return { collection, scale: collection === 'inventory' ? inventory : `medium:sales=${rows}`, rows }
}
