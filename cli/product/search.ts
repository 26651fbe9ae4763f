import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'

const onHand = { title: 'On hand', align: 'right' } as const

export default command({
  group: 'looking',
  summary: 'Products by name, SKU or any code',
  details: 'Finds what is spelled a little wrong, too. Several words go in quotes.',
  args: { words: 'Name, SKU, supplier’s code or barcode, or a part' },
  options: {
    outlet: text('<name>', 'Only what is kept there, and how many'),
    supplier: text('<name>', 'Only of this supplier'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 100]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [
    ["product search 'dark chocolat'", 'Though it is spelled otherwise'],
    ['product search 9421902960123', 'Whose barcode it is'],
  ],
  async run({ args: { words: q }, options: { outlet, supplier, after, limit = 20 }, api, out }) {
    const ends = { outlet: await outletNamed(api, outlet), supplier: await supplierNamed(api, supplier) }
    const query = { q, limit: String(limit), ...given({ ...ends, after }) }
    const page = await parseResponse(api.api.v1.products.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return `There is no ${after === undefined ? '' : 'more '}product like "${q}".`
      const rows = page.data.map((one) => [
        one.sku ?? '',
        one.name ?? '',
        one.supplierCode ?? '',
        one.codes.filter((code) => code !== one.sku).join(' '),
        one.isActive ? '' : 'no longer sold',
        ...(outlet === undefined ? [] : [one.onHand ?? '0']),
      ])
      const heads: Column[] = [
        { title: 'SKU' },
        { title: 'Name', gives: true },
        { title: 'Supplier' },
        { title: 'Codes', gives: true },
        { title: '' },
        ...(outlet === undefined ? [] : [onHand]),
      ]
      const more = page.next === null ? [] : ['', `There are more: add --after ${page.next}`]
      return [table(screen, heads, rows), ...more].join('\n')
    })
  },
})
