/** How often a list is looked at, as a multiple of the quickest pace (SYNC_EVERY_SECONDS), and why so. */
type Pace = { beats: number; because: string }

const stock = 'moves with every sale: what people pack and count by'
const trade = 'happens all day, and takes stock with it'
const work = 'somebody waits for the other end of it'
const labels = 'changed now and then by a buyer; a name that is late for some minutes harms nothing'
const setUp = 'changed when a shop is set up'

export const paces: Readonly<Record<string, Pace>> = {
  inventory: { beats: 1, because: stock },
  sales: { beats: 1, because: trade },
  consignments: { beats: 1, because: work },
  'consignment-products': { beats: 1, because: work },
  products: { beats: 1, because: 'a product that was just made is scanned next' },
  customers: { beats: 4, because: 'nothing here waits for them' },
  'price-book-products': { beats: 4, because: 'prices of a promotion begin at a time, not at once' },
  registers: { beats: 4, because: 'opened and closed once a day; their closures hang on them' },
  'register-closures': { beats: 4, because: 'once a day for each register' },
  'outlet-taxes': { beats: 10, because: labels },
  'price-books': { beats: 10, because: labels },
  suppliers: { beats: 10, because: labels },
  brands: { beats: 10, because: labels },
  categories: { beats: 10, because: labels },
  tags: { beats: 10, because: labels },
  'variant-attributes': { beats: 10, because: labels },
  'customer-groups': { beats: 20, because: setUp },
  outlets: { beats: 20, because: setUp },
  users: { beats: 20, because: setUp },
  taxes: { beats: 20, because: setUp },
  'payment-types': { beats: 20, because: setUp },
}

const unknownPace: Pace = { beats: 10, because: labels }

/** A webhook seldom comes alone: for so long after one, its list is looked at as often as any. */
const livelyMs = 10 * 60_000
/** So many times slower while Lightspeed has no room. */
const throttledFactor = 4
const refusedLatelyMs = 5 * 60_000
const nearlySpent = 0.8
/** However slow, within half an hour, so that an hour without a look is a fault (health). */
const slowestSeconds = 30 * 60

export type Budget = { limit: number; granted: number; windowEndsAt: Date; blockedUntil: Date | null }

/** Whether Lightspeed refused lately, or will soon: what is not urgent then leaves the room to what is. */
export function isThrottled(budget: Budget | undefined, now: Date): boolean {
  if (!budget) return false
  const { limit, granted, windowEndsAt, blockedUntil } = budget
  const wasRefused = blockedUntil !== null && blockedUntil.getTime() > now.getTime() - refusedLatelyMs
  return wasRefused || (windowEndsAt > now && granted >= limit * nearlySpent)
}

export type Standing = {
  entity: string
  /** When it was last read to the end, by whatever run. */
  readAt: Date | null
  /** When a look by the clock last asked for it. */
  askedAt: Date | null
  nudgedAt: Date | null
}

export type Why = 'usual' | 'webhook' | 'throttled' | 'failed' | 'first'

/** `at`: not before then, at the first beat of the schedule. */
export type Look = { at: Date; everySeconds: number; why: Why }

/** When an entity is to be looked at next by the clock. Times are of one clock, the database's. */
export function nextLook(
  standing: Standing,
  about: { quickestSeconds: number; isThrottled: boolean; now: Date },
): Look {
  const { readAt, askedAt } = standing
  const since = Math.max(readAt?.getTime() ?? 0, askedAt?.getTime() ?? 0)
  const { seconds, why } = paceOf(standing, about)
  if (since === 0) return { at: about.now, everySeconds: seconds, why: 'first' }
  return { at: new Date(since + seconds * 1000), everySeconds: seconds, why }
}

/** Half a beat too early is in time: a look ends a little after its beat, and would else wait for the one after the next. */
export function isDue({ at }: Look, { quickestSeconds, now }: { quickestSeconds: number; now: Date }): boolean {
  return now.getTime() >= at.getTime() - quickestSeconds * 500
}

type About = { quickestSeconds: number; isThrottled: boolean; now: Date }

function paceOf({ entity, readAt, askedAt, nudgedAt }: Standing, about: About): { seconds: number; why: Why } {
  const { quickestSeconds, now } = about
  const { beats } = paces[entity] ?? unknownPace
  const isLively = nudgedAt !== null && nudgedAt.getTime() > now.getTime() - livelyMs
  const hasFailed = askedAt !== null && (readAt === null || readAt < askedAt)
  const within = (wanted: number) => Math.max(quickestSeconds, Math.min(wanted * quickestSeconds, slowestSeconds))
  if (about.isThrottled) return { seconds: within((isLively ? 1 : beats) * throttledFactor), why: 'throttled' }
  if (hasFailed) return { seconds: within(Math.min(beats, 2)), why: 'failed' }
  return isLively && beats > 1 ? { seconds: quickestSeconds, why: 'webhook' } : { seconds: within(beats), why: 'usual' }
}
