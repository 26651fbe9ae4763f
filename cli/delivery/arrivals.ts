import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, productNamed } from '../naming.ts'
import { misuse, text } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Number' },
  { title: 'Status' },
  { title: 'Product', gives: true },
  { title: 'Expected', align: 'right' },
  { title: 'Counted', align: 'right' },
  { title: 'Lacks', align: 'right' },
  { title: 'Due' },
  { title: 'Reference', gives: true },
]

export default command({
  group: 'moving',
  summary: 'Which order expects what you hold',
  args: {},
  options: {
    outlet: text('<name>', 'Where you are'),
    code: text('<code>', 'What the goods say: a barcode, an SKU, a supplier’s code'),
    product: text('<sku>', 'Or the product, by SKU or id'),
  },
  examples: [['delivery arrivals --outlet Hub --code 9421904340017', 'A carton without a paper']],
  async run({ options: { outlet, code, product }, api, out }) {
    if (outlet === undefined) throw misuse('--outlet is missing: where the goods are')
    if (code === undefined && product === undefined) throw misuse('--code or --product: say what you hold')
    const productId = product === undefined ? undefined : await productNamed(api, product)
    const query = { outletId: await outletNamed(api, outlet), ...given({ code, productId }) }
    const found = await parseResponse(api.api.v1.arrivals.$get({ query }))
    out.result(found, (screen) => {
      const why = found.why === null ? [] : [oneLine(found.why)]
      if (found.data.length === 0) return [...why, 'Nothing that is on its way expects it.'].join('\n')
      const rows = found.data.map((one) => [
        one.number,
        one.status,
        one.productId,
        one.expected,
        one.counted,
        one.open,
        one.dueAt?.slice(0, 10) ?? '',
        oneLine(one.reference ?? ''),
      ])
      return [...why, table(screen, columns, rows)].join('\n')
    })
  },
})
