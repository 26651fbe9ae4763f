/** `short` fits into `npm test`; `long` is what `npm run soak` repeats: more jobs, longer faults. */
export type Length = 'short' | 'long'

/** One fault and what Consign promises through it, judged by rows and effects, never by what it says of itself. */
export type Scenario = {
  /** Its place in the table of docs/jobs.md. */
  number: number
  fault: string
  promise: string
  /** Throws when the promise is broken. All that is left to chance comes from the seed (chanceFrom). */
  run: (seed: number, length: Length) => Promise<void>
}

export function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31)
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
