import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, productNamed } from '../naming.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Have a product on the next daily list',
  details: 'Flagged products come first. Once counted at an outlet, a product is no longer wanted there.',
  args: { product: 'Its SKU, any code of it, or its id' },
  options: {
    outlet: text('<name>', 'Only at this outlet; without it at all'),
    reason: text('<text>', 'Why it is so'),
    remove: flag('Take it from the next list again'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [
    ['stocktake flag 9421902960123 --outlet Hub --reason damaged', 'Tomorrow it is looked at'],
    ['stocktake flag 9421902960123 --outlet Hub --remove', 'It need not be'],
  ],
  async run({ args: { product }, options: { outlet, reason, remove, 'dry-run': dryRun }, api, out }) {
    const flags = api.api.v1['count-flags']
    const [productId, outletId] = [await productNamed(api, product), await outletNamed(api, outlet)]
    const json = { productId, dryRun, ...(outletId === undefined ? {} : { outletId }) }
    const why = reason === undefined ? {} : { reason }
    const done = await parseResponse(remove ? flags.$delete({ json }) : flags.$post({ json: { ...json, ...why } }))
    out.result(done, () => {
      const where = done.outletId === null ? 'everywhere' : `at ${done.outletId}`
      const what = done.isFlagged ? 'is on the next list' : 'is flagged no longer'
      return `${dryRun ? 'Would be so: ' : ''}${done.productId} ${what} ${where}.`
    })
  },
})
