import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { misuse, names, text } from '../options.ts'
import { stockLines } from './stock.report.ts'

export default command({
  group: 'moving',
  summary: 'What is available of products at an outlet',
  details: 'On hand as Lightspeed last said, less what open documents take and what is sold and not fetched yet.',
  args: {},
  options: {
    outlet: text('<id>', 'At this outlet'),
    products: names('<id,…>', 'Of these products, by their ids in Lightspeed'),
  },
  examples: [['stock availability --outlet ID --products ID,ID', 'Of two products']],
  async run({ options: { outlet: outletId, products = [] }, api, out }) {
    if (outletId === undefined) throw misuse('--outlet is missing: the id of an outlet')
    if (products.length === 0) throw misuse('--products is missing: ids of products')
    const query = { outletId, productId: products.join(',') }
    const told = await parseResponse(api.api.v1.availability.$get({ query }))
    out.result(told, (screen) => stockLines(screen, told.data))
  },
})
