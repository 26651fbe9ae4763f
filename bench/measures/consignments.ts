import { z } from 'zod'
import { warningCodes } from '#src/packing/warnings.rules.ts'
import { openOffice, timed, type BenchOffice } from '../consignments/asking.ts'
import { fillConsignments, fillMirror, firstMadeAt } from '../consignments/filling.ts'
import { median, p95Figure, type Figure, type Size } from '../measure.ts'
import type { BenchServer } from '../postgres.ts'
import { quietly } from '../quiet.ts'

const [few, some] = [1_000, 100_000]
const transitionLimitMs = 50
const flatLimit = 1.5

const day = (after: number) => new Date(firstMadeAt.getTime() + after * 3_600_000).toISOString()

/** Pages of lists, as they are asked for: each filter alone, the usual ones together, and far back; each fills its page. */
const lists = {
  'all, newest first': '/consignments?limit=20',
  'of a type': '/consignments?limit=20&type=OUTLET_TRANSFER',
  'in a status': '/consignments?limit=20&status=PARTIAL',
  'in three statuses': '/consignments?limit=20&status=OPEN,SENT,PARTIAL',
  'of an outlet': '/consignments?limit=20&outletId=outlet-3',
  'of an outlet, in two statuses': '/consignments?limit=10&outletId=outlet-0&status=SENT,RECEIVING',
  'of a supplier': '/consignments?limit=20&supplierId=supplier-8',
  'from an outlet': '/consignments?limit=20&sourceOutletId=outlet-2',
  'whose push failed': '/consignments?limit=20&lightspeed=failed',
  'waiting for approval': '/consignments?limit=20&approval=pending',
  'by a reference': '/consignments?limit=20&reference=Ref%200000500',
  'by how a number begins': '/consignments?limit=10&q=B-00000000050',
  'by how a reference begins': '/consignments?limit=20&q=Ref%2000005',
  'with a product of long ago': '/consignments?limit=20&productId=product-of-long-ago',
  'due between two days': `/consignments?limit=20&dueSince=${day(240)}&dueUntil=${day(241)}`,
  'made between two days': `/consignments?limit=20&since=${day(0)}&until=${day(1)}`,
  'what is late or stuck': '/consignments/attention?limit=20',
  'the inbox of approvals': '/approvals?limit=20',
} as const

/** Its documents grow with all: from twenty to twenty thousand. */
const growing = { 'with a product that is ordered often': '/consignments?limit=20&productId=product-70' } as const

/** Lists over 1,000 and over many documents, asked in turn, so that both meet the same machine; and steps among 100,000. */
export async function measureConsignments(server: BenchServer, { manyRows, rounds }: Size): Promise<Figure[]> {
  await using smallOne = await server.freshDatabase()
  await using largeOne = await server.freshDatabase()
  await using small = await openOffice(smallOne.url)
  await using large = await openOffice(largeOne.url)
  for (const { database } of [small, large]) await fillMirror(database)
  await fillConsignments(small.database, 0, few)
  await fillConsignments(large.database, 0, some)
  await stepsOf(large, 0, 16)
  const steps = await quietly(server, rounds, () => stepsOf(large, 100, 64))
  await fillConsignments(large.database, some, Math.max(manyRows, some))
  const pages = await pagesOf({ small, large }, rounds)
  return [stepFigure(steps.rounds.flat(), steps.foreign), ...flatFigures(pages, manyRows)]
}

/** Milliseconds of two pages that were asked for one after the other. */
type Pair = { small: number; large: number }
type Compared = Pair & { ratio: number }

async function pagesOf(
  offices: { small: BenchOffice; large: BenchOffice },
  rounds: number,
): Promise<Map<string, Compared>> {
  const pages = new Map<string, Compared>()
  const [small, large] = [await backIn(offices.small), await backIn(offices.large)]
  for (const [name, path] of [...Object.entries({ ...lists, ...growing }), ['further back', ''] as const]) {
    const look = {
      small: () => timed(() => offices.small.ask('GET', path === '' ? small : path)),
      large: () => timed(() => offices.large.ask('GET', path === '' ? large : path)),
    }
    for (let at = 0; at < 5; at += 1) await Promise.all([look.small(), look.large()])
    const times: Pair[] = []
    for (let at = 0; at < rounds * 15; at += 1) times.push({ small: await look.small(), large: await look.large() })
    const ratio = median(times.map((one) => one.large / one.small))
    pages.set(name, {
      ratio,
      small: median(times.map((one) => one.small)),
      large: median(times.map((one) => one.large)),
    })
  }
  return pages
}

/** The page behind the first five hundred. */
async function backIn({ ask }: BenchOffice): Promise<string> {
  const { next } = z.object({ next: z.string() }).parse(await ask('GET', '/consignments?limit=500'))
  return `/consignments?limit=20&after=${encodeURIComponent(next)}`
}

const made = z.object({ id: z.string() })

/** A transfer goes its way, step by step; each with its law, audit and push. */
async function stepsOf({ ask }: BenchOffice, from: number, many: number): Promise<number[]> {
  const times: number[] = []
  const way = ['OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'RECEIVED', 'CLOSED', 'ARCHIVED']
  for (let at = 0; times.length < many; at += 1) {
    const lines = [0, 1, 2].map((place) => ({ productId: `product-${(from + at * 3 + place) % 100}`, quantity: '2' }))
    const wish = { type: 'OUTLET_TRANSFER', outletId: 'outlet-1', sourceOutletId: 'outlet-2', lines }
    const { id } = made.parse(await ask('POST', '/consignments', wish))
    for (const to of way)
      times.push(
        await timed(() => ask('POST', `/consignments/${id}/transitions`, { to, acceptedWarnings: warningCodes })),
      )
  }
  return times
}

function stepFigure(times: readonly number[], foreign: string): Figure {
  const { detail, ...figure } = p95Figure('a step of a document among 100,000, p95', times, transitionLimitMs)
  return { ...figure, detail: `${detail}; ${foreign}` }
}

function flatFigures(pages: ReadonlyMap<string, Compared>, manyRows: number): Figure[] {
  const figures = [...pages].map(([name, { small, large, ratio }]) => {
    return { name, ratio, detail: `${small.toFixed(1)} ms, then ${large.toFixed(1)} ms` }
  })
  const flat = figures.filter(({ name }) => !Object.hasOwn(growing, name))
  const worst = flat.toSorted((one, other) => other.ratio - one.ratio)[0]
  const limit = `at most ${flatLimit}`
  const many = Math.max(manyRows, some).toLocaleString('en')
  const what = `a page of a list of ${many} documents against one of ${few.toLocaleString('en')}, the worst of ${flat.length} filters`
  return [
    { what, ratio: worst?.ratio ?? null, limit, detail: `${worst?.name}: ${worst?.detail}` },
    ...figures.map(({ name, ratio, detail }) => ({
      what: `… ${name}`,
      ratio,
      limit: Object.hasOwn(growing, name) ? '' : limit,
      detail,
    })),
  ]
}
