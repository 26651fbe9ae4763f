import type { House } from '../house.ts'
import { findAddress } from '../webhooks/registrations.store.ts'
import { gradeOfCalls, gradeOfWebhooks } from './grading.rules.ts'
import { readFreshness } from './health.store.ts'
import { amber, green, partOf, red, type Part } from './parts.ts'

/** The connection itself, whether it is left alone just now, and how its calls went lately. */
export function lightspeedParts(house: House): Promise<Part[]> {
  return Promise.all([connectionPart(house), breakerPart(house), callsPart(house)])
}

function connectionPart({ lightspeed }: House): Promise<Part> {
  return partOf('lightspeed', 'Run `consign test connection` for the reason', async () => {
    const { origin, kind } = await lightspeed.describe()
    const { ms } = await lightspeed.check()
    const what = kind === 'simulator' ? 'Simulated retailer' : 'Retailer'
    return green(`${what} at ${origin ?? 'an unknown address'} answered in ${ms} ms`)
  })
}

function breakerPart({ lightspeed }: House): Promise<Part> {
  return partOf('breaker', 'Wait; it is tried again by itself. See "breaker_open" in docs/runbook.md', async () => {
    const { isOpen, failures, openedAt, until } = await lightspeed.breaker.read()
    if (!isOpen) return green(failures > 0 ? `Closed; ${failures} failures lately` : 'Closed')
    return red(`Lightspeed is left alone since ${openedAt?.toISOString()}, until ${until?.toISOString()}`)
  })
}

function callsPart({ grade }: House): Promise<Part> {
  return partOf('calls', 'See `consign audit performance`, and Lightspeed’s own status page', async () => {
    const { calls } = (await grade()).signs
    const { grade: found, reasons } = gradeOfCalls(calls)
    const lately = `${calls.total} calls in the last 10 minutes`
    return { grade: found, detail: reasons.length > 0 ? `${lately}: ${reasons.join(', ')}` : lately }
  })
}

/** An entity that was not read to the end for longer stays behind. */
export const stalestMinutes = 60

export function cursorsPart({ database }: House): Promise<Part> {
  return partOf('mirror', 'Run `consign audit sync-status` to see which entity stays behind', async () => {
    const { oldest, complete } = await readFreshness(database.db)
    if (!oldest) return green('Nothing has been read to the end yet')
    const minutes = Math.round((Date.now() - oldest.getTime()) / 60_000)
    if (minutes > stalestMinutes) return red(`An entity has not been read to the end for ${minutes} minutes`)
    return green(`${complete} entities read to the end within the last ${Math.max(1, minutes)} minutes`)
  })
}

export function webhooksPart({ database, grade }: House): Promise<Part> {
  return partOf('webhooks', 'See `consign webhook status`, then `consign webhook register --url …`', async () => {
    const address = await findAddress(database.db)
    if (!address) return green('Not registered: the mirror looks by the clock alone')
    if (address.problem !== null) return amber(`They could not be checked at the start: ${address.problem}`)
    const { webhooksSilentSeconds } = (await grade()).signs
    const { grade: found, reasons } = gradeOfWebhooks(webhooksSilentSeconds)
    return { grade: found, detail: reasons.join(', ') || `Sent to ${address.origin}` }
  })
}
