import type { LineRights } from './lawful-lines.rules.ts'
import type { Call, LineWrite } from './calls.rules.ts'
import type { ThereLine, WantedLine } from './sides.rules.ts'

type Given = {
  wanted: readonly WantedLine[]
  there: readonly ThereLine[]
  rights: LineRights
  /** `planned`: counts and costs, what is missing and what is too much. `arrived`: what was received. */
  part: 'planned' | 'arrived'
}

/** Longer lists have run into time-outs at Lightspeed. */
const mostInBulk = 500

/** The calls for the lines at one status, and how the lines are after them. */
export function planLines(given: Given): { calls: Call[]; lines: ThereLine[] } {
  const parts = given.part === 'planned' ? planned(given) : arrived(given)
  return { calls: parts.calls, lines: [...parts.lines.values()] }
}

type Parts = { calls: Call[]; lines: Map<string, ThereLine> }

/** What goes away first, then what changes, then what is new, in one list. */
function planned({ wanted, there, rights }: Given): Parts {
  const lines = new Map(there.map((line) => [line.productId, line]))
  const calls: Call[] = []
  const wishes = new Map(wanted.map((line) => [line.productId, line]))
  for (const line of there) calls.push(...clear(line, wishes.get(line.productId), rights, lines))
  for (const wish of wanted) calls.push(...adjust(wish, rights, lines))
  calls.push(...added(wanted, rights, lines))
  return { calls, lines }
}

/** What we do not have; and what stands in several rows, so that it begins anew in one. */
function clear(line: ThereLine, wish: WantedLine | undefined, rights: LineRights, lines: Parts['lines']): Call[] {
  const { productId, rows, count, received } = line
  const isWrong = wish ? rows > 1 : count !== 0n || received !== 0n
  if (!isWrong) return []
  if (rights.remove) {
    lines.delete(productId)
    return Array.from({ length: rows }, () => ({ do: 'remove', productId }))
  }
  if (wish || rows > 1 || !rights.count || received !== 0n) return []
  lines.set(productId, { ...line, count: 0n })
  return [{ do: 'set', line: { productId, count: 0n } }]
}

function adjust({ productId, count, cost }: WantedLine, rights: LineRights, lines: Parts['lines']): Call[] {
  const line = lines.get(productId)
  if (!line || line.rows > 1) return []
  const write: LineWrite = {
    productId,
    ...(rights.count && line.count !== count ? { count } : {}),
    ...(rights.cost && cost !== null && line.cost !== cost ? { cost } : {}),
  }
  if (Object.keys(write).length === 1) return []
  lines.set(productId, { ...line, ...write })
  return [{ do: 'set', line: write }]
}

/** Together in lists while nothing of it has come; one by one once goods are arriving, with what has come of them. */
function added(wanted: readonly WantedLine[], rights: LineRights, lines: Parts['lines']): Call[] {
  if (!rights.add) return []
  const isArriving = !rights.count
  const missing = wanted.filter(
    (wish) => !lines.has(wish.productId) && (isArriving ? wish.received !== null : true) && isSomething(wish),
  )
  const writes = missing.map((wish) => additionOf(wish, isArriving))
  for (const { productId, count, received = 0n, cost = null } of writes)
    lines.set(productId, { productId, count, received, cost, rows: 1 })
  const size = isArriving ? 1 : mostInBulk
  return Array.from({ length: Math.ceil(writes.length / size) }, (_, at) => ({
    do: 'add',
    lines: writes.slice(at * size, (at + 1) * size),
  }))
}

/** A line as it is added; what has come of it only where goods are arriving. */
function additionOf({ productId, count, received, cost }: WantedLine, isArriving: boolean) {
  const write: LineWrite & { count: bigint } = { productId, count }
  if (isArriving && received !== null) write.received = received
  if (cost !== null) write.cost = cost
  return write
}

const isSomething = ({ count, received, isKept }: WantedLine): boolean =>
  isKept === true || count !== 0n || (received !== null && received !== 0n)

function arrived({ wanted, there, rights }: Given): Parts {
  const lines = new Map(there.map((line) => [line.productId, line]))
  const calls = wanted.flatMap(({ productId, received }): Call[] => {
    const line = lines.get(productId)
    if (!rights.received || received === null || !line || line.received === received || line.rows > 1) return []
    lines.set(productId, { ...line, received })
    return [{ do: 'set', line: { productId, received } }]
  })
  return { calls, lines }
}
