import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { entityHelp, entityUnknown, suggestEntity } from '../entity.ts'
import { flag, misuse, names, text, wholeNumber } from '../options.ts'
import type { Output } from '../output.ts'
import type { Expected } from './run.bars.ts'
import { viewOn } from './run.view.ts'
import { concludeRun, watchRun } from './run.watch.ts'

export default command({
  group: 'sync',
  summary: 'Read what has changed in Lightspeed',
  details:
    'Goes on where the last sync ended, and shows its progress. The work is done by the server where one runs, else by ' +
    'this command itself. One entity that fails does not stop the others. Ctrl-C stops watching; a running server goes on.',
  usage: 'sync <entity>|all',
  args: { entity: `all, or one: ${entityHelp.replace('An entity: ', '')}` },
  options: {
    since: text('<when>', 'Read again what changed since a date, a time or a version', whatIsWrongWithSince),
    until: text('<when>', 'With --since or --full: nothing that changed after this', whatIsWrongWithSince),
    full: flag('Read everything from the start; unchanged rows are not written again'),
    limit: wholeNumber('<n>', 'Read at most so many records of each entity', [1, 2_000_000_000]),
    outlet: text('<id>', 'Only of this outlet (consignments; Lightspeed offers it for nothing else)'),
    product: text('<id>', 'Only of this product (inventory; Lightspeed offers it for nothing else)'),
    status: text('<status>', 'Only with this status, such as SENT (consignments)'),
    'dry-run': flag('Only say what would be read, and from where'),
    entity: names('<a,b>', 'With `all`: only these entities'),
  },
  examples: [
    ['sync all', 'Bring the whole mirror up to date'],
    ['sync products --full', 'Read every product again'],
    ['sync consignments --status SENT', 'Only those that are on their way'],
    ['sync all --entity=sales,customers --since 2026-11-01', 'Two entities, what changed since 1 November'],
  ],
  caresForCtrlC: true,
  async run({ args, options, api, url, interrupted, out }) {
    const entities = entitiesOf(args.entity, options.entity)
    if (options.full && options.since !== undefined) throw misuse('--full reads everything: leave --since away')
    const { since, until, full, limit, outlet, product, status } = options
    if (options['dry-run']) return sayWish(api, { entities, since, full }, out)
    const id = randomUUID()
    const asked = api.api.v1.sync.runs.$post({
      json: { id, entities, since, until, full, limit, outlet, product, status },
    })
    await parseResponse(asked).catch(suggestEntity(entities))
    const view = viewOn(out.aside, await expectedRows(api, { full, limit }))
    return concludeRun(await watchRun({ api, id, view, interrupted }), out, url)
  },
})

function entitiesOf(entity: string, chosen: string[] | undefined): string[] {
  if (chosen && entity !== 'all') throw misuse('--entity chooses among all: use it as `consign sync all --entity=…`')
  return chosen ?? [entity]
}

type Wish = { entities: readonly string[]; since: string | undefined; full: boolean }

async function sayWish(api: Client, { entities, since, full }: Wish, out: Output) {
  const status = await parseResponse(api.api.v1.sync.$get())
  const known = status.entities.map(({ entity }) => entity)
  const unknown = entities.find((name) => name !== 'all' && !known.some((entity) => entity === name))
  if (unknown !== undefined) throw entityUnknown(unknown, known)
  const chosen = status.entities.filter(({ entity }) => entities.includes('all') || entities.includes(entity))
  const would = chosen.map(({ entity, cursor }) => ({ entity, from: full ? 'the start' : (since ?? String(cursor)) }))
  out.result({ would }, () => would.map(({ entity, from }) => `${entity}: would be read from ${from}`).join('\n'))
}

/** A full reading comes to about as many rows as the mirror holds; of anything else only the limit is known. */
async function expectedRows(api: Client, wish: { full: boolean; limit: number | undefined }): Promise<Expected> {
  const { full, limit = Infinity } = wish
  if (!full && limit === Infinity) return new Map()
  const { entities } = await parseResponse(api.api.v1.sync.$get())
  return new Map(entities.map(({ entity, rows }) => [entity, full ? Math.min(rows, limit) : limit]))
}

function whatIsWrongWithSince(given: string): string | undefined {
  const isVersion = /^\d{1,15}$/.test(given)
  const isTime = /^\d{4}-\d\d-\d\d/.test(given) && !Number.isNaN(Date.parse(given))
  return isVersion || isTime
    ? undefined
    : `give a date such as 2026-11-01, a time such as 2026-11-01T09:00:00Z, or a version, not "${given}"`
}
