import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { productNamed } from '../naming.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Say what an unknown code is',
  details:
    'What was scanned of it counts as that product, and so will what is scanned of it in this document. For all documents a code is taught (`POST /api/v1/scan/:code`).',
  args: { id: 'Number or id of the order or transfer', code: 'The code that nobody knew' },
  options: {
    product: text('<sku>', 'The product that it is, by SKU or id'),
    units: text('<quantity>', 'How many of the product one such code is (1)'),
    'dry-run': flag('Only look what it would come to'),
  },
  examples: [['delivery assign PO-STK-202611-000007-55 942190 --product ID --units 12', 'A carton of 12']],
  async run({ args: { id, code }, options: { product, units, 'dry-run': dryRun }, api, out }) {
    if (product === undefined) throw misuse('--product is missing: what the code is')
    const json = { productId: await productNamed(api, product), dryRun, ...(units === undefined ? {} : { units }) }
    const one = api.api.v1.consignments[':id']['unknown-codes'][':code']
    const done = await parseResponse(one.$post({ param: { id, code: encodeURIComponent(code) }, json }))
    const what = `${done.code} is ${done.units === '1' ? '' : `${done.units} of `}${done.productId}`
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${what}; ${done.counted} counted.`)
  },
})
