import type { Call } from './calls.rules.ts'
import { differences, parties } from './header.rules.ts'
import { firstStatus, isFinal, lineRights, wayTo } from './lawful-lines.rules.ts'
import { planLines } from './plan-lines.rules.ts'
import type { There, Wanted, WantedLine } from './sides.rules.ts'

/** The least calls that bring it about, in their order, and what no call can bring about; nothing then is written. */
export type Plan = { calls: Call[]; outOfReach: string[] }

/** From what is there to what should be. Pure: planning again after the calls were made gives none. */
export function planPush(wanted: Wanted, there: There | null): Plan {
  const { status } = wanted
  if (status === null || (status === 'CANCELLED' && isEmptyOpen(wanted, there))) return planAbsence(there)
  if (there === null)
    return planFrom(wanted, born(wanted), [
      { do: 'create', header: wanted.header, status: firstStatus(wanted.header.type) },
    ])
  return planFrom(wanted, there, [])
}

function planAbsence(there: There | null): Plan {
  if (there === null) return done
  if (there.status === 'CANCELLED') return done
  if (there.status === firstStatus(there.header.type)) return { calls: [{ do: 'delete' }], outOfReach: [] }
  return impossible(`it is ${there.status} in Lightspeed already, and cannot be taken away there`)
}

const done: Plan = { calls: [], outOfReach: [] }

function impossible(reason: string): Plan {
  return { calls: [], outOfReach: [reason] }
}

/** Lightspeed takes no status, so no cancelling either, for what has no products. */
function isEmptyOpen({ header }: Wanted, there: There | null): boolean {
  return there === null || (there.lines.length === 0 && there.status === firstStatus(header.type))
}

function born({ header }: Wanted): There {
  return { id: '', version: 0, header, status: firstStatus(header.type), lines: [] }
}

function planFrom(wanted: Wanted, there: There, begun: Call[]): Plan {
  const { header } = wanted
  const target = wanted.status ?? there.status
  const way = wayTo(header.type, there.status, target)
  if (!way) return impossible(`it is ${there.status} in Lightspeed, from where no way leads to ${target}`)
  if (there.header.type !== header.type) return impossible(`it is a ${there.header.type} in Lightspeed`)
  if (target === 'STOCKTAKE_COMPLETE' && way.length > 0 && !wanted.posting)
    return impossible('the count was not found safe to be posted')
  if (target === 'CANCELLED') return planCancelling(there, way.length === 0)
  return new Walk(wanted, there, begun).go(way)
}

function planCancelling(there: There, isDone: boolean): Plan {
  if (isDone) return done
  if (there.lines.length === 0 && there.header.type !== 'STOCKTAKE')
    return impossible(`it is ${there.status} without a product in Lightspeed, where it cannot be cancelled then`)
  return { calls: [{ do: 'update', header: there.header, status: 'CANCELLED' }], outOfReach: [] }
}

/** Goes the way in thought, and notes what has to be asked for at each status. */
class Walk {
  readonly #wanted: Wanted
  #status: string
  #there: There
  readonly #calls: Call[]
  readonly #outOfReach: string[] = []

  constructor(wanted: Wanted, there: There, begun: Call[]) {
    this.#wanted = wanted
    this.#there = there
    this.#status = there.status
    this.#calls = begun
  }

  go(way: readonly string[]): Plan {
    this.#header(way)
    this.#planned()
    for (const status of way) {
      this.#arrived(status)
      if (this.#status !== status) this.#step(status)
      this.#planned()
    }
    this.#arrived(null)
    this.#finish()
    const outOfReach = this.#outOfReach
    return outOfReach.length > 0 ? { calls: [], outOfReach } : { calls: this.#calls, outOfReach }
  }

  /** A header rides along with the first status that is written; alone it is a call of its own. */
  #header(way: readonly string[]) {
    const differing = differences(this.#wanted.header, this.#there.header)
    if (differing.length === 0) return
    const { type } = this.#wanted.header
    const isFixed = this.#status !== firstStatus(type) && differing.some((field) => parties.includes(field))
    if (isFixed || isFinal(type, this.#status)) {
      this.#outOfReach.push(
        ...differing.map((field) => `${field} is another in Lightspeed, and cannot be changed there`),
      )
    } else if (!way.some((status) => this.#isWritten(status))) {
      this.#calls.push({ do: 'update', header: this.#wanted.header, status: this.#status })
    }
  }

  /** What is expected: before it goes on, since later it may not be changed. */
  #planned() {
    this.#lines('planned')
  }

  /** What has come: a received quantity takes a sent order to DISPATCHED by itself. */
  #arrived(next: string | null) {
    const { type } = this.#wanted.header
    const isTime = next === null || !lineRights(type, next).received || (type === 'SUPPLIER' && next === 'DISPATCHED')
    const staysSent = type === 'SUPPLIER' && this.#status === 'SENT' && next === null
    if (!isTime || staysSent || !lineRights(type, this.#status).received) return
    const said = this.#lines('arrived')
    if (said && type === 'SUPPLIER' && this.#status === 'SENT') this.#status = 'DISPATCHED'
  }

  #lines(part: 'planned' | 'arrived'): boolean {
    const rights = lineRights(this.#wanted.header.type, this.#status)
    const { calls, lines } = planLines({ wanted: this.#wanted.lines, there: this.#there.lines, rights, part })
    this.#calls.push(...calls)
    this.#there = { ...this.#there, lines }
    return calls.some((call) => call.do === 'set' && call.line.received !== undefined)
  }

  #isWritten(status: string): boolean {
    const { header, lines } = this.#wanted
    const comesBySelf = header.type === 'SUPPLIER' && status === 'DISPATCHED' && lines.some(hasCome)
    return !comesBySelf && status !== 'STOCKTAKE_IN_PROGRESS_PROCESSED'
  }

  #step(status: string) {
    if (status === 'STOCKTAKE_IN_PROGRESS_PROCESSED') this.#calls.push({ do: 'await', status })
    else this.#calls.push({ do: 'update', header: this.#wanted.header, status })
    if (this.#there.lines.length === 0 && this.#wanted.header.type !== 'STOCKTAKE')
      this.#outOfReach.push(`without a product Lightspeed takes no status, so not ${status} either`)
    const { type } = this.#wanted.header
    if (type === 'SUPPLIER' && status === 'RECEIVED' && !this.#there.lines.some(({ received }) => received > 0n))
      this.#outOfReach.push('an order of which nothing has come cannot be RECEIVED in Lightspeed')
    this.#status = status
  }

  #finish() {
    for (const wish of stillDifferent(this.#wanted, this.#there))
      this.#outOfReach.push(`${wish}, which cannot be changed there while it is ${this.#status}`)
  }
}

const hasCome = ({ received }: WantedLine): boolean => received !== null && received > 0n

/** In words, each line that is not as it should be. Read back after a push, none may be left. */
export function stillDifferent({ header: { type }, lines }: Wanted, there: Pick<There, 'lines'>): string[] {
  const rest = new Map(there.lines.map((line) => [line.productId, line]))
  const said = lines.flatMap((line) => {
    const has = rest.get(line.productId)
    rest.delete(line.productId)
    const [count, received] = [has?.count ?? 0n, has?.received ?? 0n]
    if (type !== 'STOCKTAKE' && count !== line.count) return [`the count of ${line.productId} is another`]
    if (line.received !== null && received !== line.received)
      return [`what was received of ${line.productId} is another`]
    return type === 'SUPPLIER' && has && line.cost !== null && has.cost !== line.cost
      ? [`the cost of ${line.productId} is another`]
      : []
  })
  if (type === 'STOCKTAKE') return said
  const extra = [...rest.values()].filter(({ count, received }) => count !== 0n || received !== 0n)
  return [...said, ...extra.map(({ productId }) => `${productId} is in it, which we do not have`)]
}
