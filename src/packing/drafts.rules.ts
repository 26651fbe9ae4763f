/** Bytes of a draft as JSON. */
export const longestDraft = 256 * 1024

/** No form is nested like that; a database that reads it would run out of room on its way down. */
const deepest = 64

export function tooDeep(state: unknown): boolean {
  let level: unknown[] = [state]
  for (let depth = 0; depth < deepest; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
    if (level.length === 0) return false
  }
  return true
}
