import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { entityHelp, suggestEntity } from '../entity.ts'
import { misuse, names, text, wholeNumber } from '../options.ts'
import { table } from '../table.ts'
import { cellOf, columnNamed, tellingColumns, type Row } from './row.columns.ts'

export default command({
  group: 'looking',
  summary: 'Rows of the mirror, by key',
  details:
    'Shows the columns that tell most, as many as fit; `--columns` chooses others, `--json` has them all. Lists inside ' +
    'records have names of their own: product-codes, sale-line-items, sale-payments and others.',
  args: { entity: entityHelp },
  options: {
    limit: wholeNumber('<n>', 'So many rows (20)', [1, 1000]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
    columns: names('<a,b>', 'Show these columns, named as Lightspeed names its fields'),
  },
  examples: [
    ['mirror list outlets', 'The outlets'],
    ['mirror list products --columns=sku,name,price_excluding_tax --limit 5', 'Five products, three columns'],
  ],
  async run({ args: { entity }, options: { limit = 20, after, columns }, api, out }) {
    const query = { limit: String(limit), ...(after === undefined ? {} : { after }) }
    const asked = api.api.v1.mirror[':entity'].$get({ param: { entity }, query })
    const page: Page = await parseResponse(asked).catch(suggestEntity([entity]))
    out.result(page, (screen) => {
      if (page.data.length === 0) return `The mirror holds no ${after === undefined ? '' : 'more '}${entity}.`
      const shown = columns ? known(columns, page.data) : tellingColumns(page.data, screen.width())
      const cells = page.data.map((row) => shown.map((name) => cellOf(row[name])))
      const more = page.next === null ? [] : ['', `There are more: consign mirror list ${entity} --after ${page.next}`]
      return [table(screen, shown.map(columnNamed), cells), ...more].join('\n')
    })
  },
})

type Page = { data: Row[]; next: string | null }

function known(columns: string[], [row = {}]: readonly Row[]): string[] {
  const wrong = columns.find((name) => !(name in row))
  if (wrong === undefined) return columns
  throw misuse(`--columns: there is no column "${wrong}". There are: ${Object.keys(row).join(', ')}`)
}
