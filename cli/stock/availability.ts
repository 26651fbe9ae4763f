import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, productNamed } from '../naming.ts'
import { misuse, names, text } from '../options.ts'
import { stockLines } from './stock.report.ts'

export default command({
  group: 'moving',
  summary: 'What is available of products at an outlet',
  details: 'On hand as Lightspeed last said, less what open documents take and what is sold and not fetched yet.',
  args: {},
  options: {
    outlet: text('<name>', 'At this outlet'),
    products: names('<sku,…>', 'Of these products, by SKU, code or id'),
  },
  examples: [['stock availability --outlet Hub --products TEA,MILK', 'Of two products']],
  async run({ options: { outlet, products = [] }, api, out }) {
    if (outlet === undefined) throw misuse('--outlet is missing: the name of an outlet')
    if (products.length === 0) throw misuse('--products is missing: SKUs of products')
    const productIds = await Promise.all(products.map((product) => productNamed(api, product)))
    const query = { outletId: await outletNamed(api, outlet), productId: productIds.join(',') }
    const told = await parseResponse(api.api.v1.availability.$get({ query }))
    out.result(told, (screen) => stockLines(screen, told.data))
  },
})
