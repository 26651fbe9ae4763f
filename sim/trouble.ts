export const faultKinds = [
  'too_many',
  'unauthorized',
  'server_error',
  'answer_lost',
  'slow',
  'endless',
  'truncated',
  'bad_record',
  'same_page',
  'expire_token',
  'unknown_field',
  'unknown_status',
  'numbers_as_strings',
  'strings_as_numbers',
  'received_falls_back',
  'line_fails',
  'webhook_late',
  'webhook_twice',
  'webhook_out_of_order',
  'webhook_lost',
] as const
export type FaultKind = (typeof faultKinds)[number]

/**
 * A fault on request. `path`: a prefix when it begins with `/`, else a regular expression; `after`: so many matches pass unharmed
 * first; `times`: how often it strikes (absent: until cleared). Further options belong to the kind.
 */
export type Fault = {
  [option: string]: unknown
  kind: FaultKind
  path?: string
  method?: string
  times?: number
  after?: number
}

type Match = { path?: string; method?: string; accepts?: (fault: Fault) => boolean }

type Standing = Fault & { id: number; struck: number }

export type Trouble = {
  add(fault: Fault): { id: number; struck(): number; clear(): void }
  /** The first standing fault of the kind that matches, counted as one strike. */
  take(kind: FaultKind, match?: Match): Fault | undefined
  list(): Standing[]
  /** Clears one, or all. */
  clear(id?: number): void
}

export function openTrouble(): Trouble {
  const standing = new Map<number, { fault: Fault; passed: number; struck: number }>()
  let lastId = 0

  return {
    add(fault) {
      const id = ++lastId
      const entry = { fault, passed: 0, struck: 0 }
      standing.set(id, entry)
      return { id, struck: () => entry.struck, clear: () => void standing.delete(id) }
    },
    take(kind, match = {}) {
      for (const [id, entry] of standing) {
        if (entry.fault.kind !== kind || !matches(entry.fault, match)) continue
        if (entry.passed < (entry.fault.after ?? 0)) {
          entry.passed++
          continue
        }
        entry.struck++
        if (entry.struck >= (entry.fault.times ?? Infinity)) standing.delete(id)
        return entry.fault
      }
      return undefined
    },
    list: () => Array.from(standing, ([id, { fault, struck }]) => Object.assign({ id, struck }, fault)),
    clear(id) {
      if (id === undefined) standing.clear()
      else standing.delete(id)
    },
  }
}

function matches(fault: Fault, { path, method, accepts }: Match): boolean {
  const onPath = fault.path === undefined || path === undefined || pathMatches(fault.path, path)
  const byMethod = fault.method === undefined || method === undefined || fault.method.toUpperCase() === method
  return onPath && byMethod && (accepts?.(fault) ?? true)
}

const pathMatches = (wanted: string, path: string): boolean =>
  wanted.startsWith('/') ? path.startsWith(wanted) : new RegExp(wanted).test(path)
