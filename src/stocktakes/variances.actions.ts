import { must, type Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { holdsFor, mustFor } from '../consignments/permitting.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { moneyOf, sayUnitCost, type Cents } from '../kernel/money.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { quantityOf } from './counting.rules.ts'
import { countOf } from './counts.actions.ts'
import { readFindings, type Found } from './findings.ts'
import { readStocktake } from './scope.store.ts'
import { byValue, costOf, sumsOf, tenthsOfPercent, varianceOf, type Sums } from './variance.rules.ts'

/** What differs from what was on hand when it was counted, the dearest first, and what it comes to. */
export async function readVariances(context: Context, ref: string, { all }: { all: boolean }) {
  must(context.actor, 'stocktakes:review')
  const head = await countOf(context, ref)
  mustFor(context.actor, 'stocktakes:review', head)
  const { db } = context.database
  const { findings, undecided } = await readFindings(db, head)
  const shown = all ? findings : findings.filter((one) => varianceOf(one) !== 0n)
  const sight = { currency: head.currency, seesCosts: holdsFor(context.actor, 'costs:read', head) }
  return {
    id: head.id,
    number: head.number,
    status: head.status,
    version: head.version,
    undecided,
    totals: sayTotals(await sumUp(db, head, findings), sight),
    data: shown.toSorted(byValue).map((one) => varianceView(one, sight)),
  }
}

/** The sums of a document's findings, with its own tolerance. */
export async function sumUp(db: Db, head: Head, findings: readonly Found[]): Promise<Sums> {
  const { tolerance } = await readStocktake(db, head.id)
  return sumsOf(findings, quantityOf(tolerance))
}

type Sight = { currency: string; seesCosts: boolean }

/** Sums in the words of the API; costs only for who may see them. */
export function sayTotals({ gain, loss, net, gross, accuracy, ...counts }: Sums, { currency, seesCosts }: Sight) {
  const money = (cents: Cents) => (seesCosts ? moneyOf(cents, currency) : null)
  const side = ({ quantity, cost }: { quantity: Quantity; cost: Cents }) => ({
    quantity: plain(quantity),
    cost: money(cost),
  })
  return {
    ...counts,
    gain: side(gain),
    loss: side(loss),
    net: side(net),
    gross: money(gross),
    accuracyPercent: accuracy === null ? null : accuracy / 10,
  }
}

function varianceView(found: Found, { currency, seesCosts }: Sight) {
  const cost = seesCosts ? costOf(found) : null
  const tenths = tenthsOfPercent(found)
  return {
    lineId: found.lineId,
    productId: found.productId,
    sku: found.sku,
    name: found.name,
    basis: found.basis,
    counted: found.counted === null ? null : plain(found.counted),
    countedAt: found.at?.toISOString() ?? null,
    counters: found.counters,
    expected: plain(found.expected),
    variance: plain(varianceOf(found)),
    percent: tenths === null ? null : tenths / 10,
    unitCost: seesCosts && found.unitCost !== null ? { amount: sayUnitCost(found.unitCost), currency } : null,
    cost: cost === null ? null : moneyOf(cost, currency),
    movedMeanwhile: plain(found.movedMeanwhile),
    onHand: plain(found.onHand),
  }
}

/** A quantity as plain text. */
export function plain(quantity: Quantity): string {
  return sayDecimal(quantity, quantityPlaces)
}
