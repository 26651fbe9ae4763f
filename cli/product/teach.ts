import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { productNamed } from '../naming.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'looking',
  summary: 'Teach what a code is',
  details: 'For everybody, from now on. Of a case with --units: how many of the product are in it.',
  args: { code: 'What was scanned', product: 'Its SKU, another code of it, or its id' },
  options: {
    units: text('<n>', 'So many of it (1)'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['product teach 19421902960120 TEA-OOLONG --units 12', 'A carton of twelve']],
  async run({ args: { code, product }, options: { units, 'dry-run': dryRun }, api, out }) {
    const productId = await productNamed(api, product)
    const json = { productId, dryRun, ...(units === undefined ? {} : { units }) }
    const door = api.api.v1.scan[':code']
    const taught = await parseResponse(door.$post({ param: { code: encodeURIComponent(code) }, json }))
    out.result(taught, () => `${dryRun ? 'Would be so: ' : ''}${taught.code} is ${taught.units} × ${product}.`)
  },
})
