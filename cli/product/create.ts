import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wishReport } from '../writing.ts'
import { productFields, productOptions } from './product.options.ts'

export default command({
  group: 'looking',
  summary: 'Have a product made in Lightspeed',
  details: 'It is made by a job, once, and read back: `consign queue writes` shows how far it came.',
  args: {},
  options: {
    name: text('<name>', 'What it is called'),
    sku: text('<sku>', 'Its SKU, which no other may have'),
    ...productOptions,
    reason: text('<words>', 'Why, for the audit'),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [['product create --name Oolong --sku TEA-OOLONG --retail-price 12.50', 'With its price']],
  async run({ options, api, out }) {
    const { name, sku, reason, 'dry-run': dryRun } = options
    if (name === undefined) throw misuse('--name is missing: what the product is called')
    if (sku === undefined) throw misuse('--sku is missing: by which it is known')
    const json = {
      name,
      sku,
      ...(await productFields(api, options)),
      ...(reason === undefined ? {} : { reason }),
      dryRun,
    }
    const asked = await parseResponse(api.api.v1.products.$post({ json }))
    out.result(asked, () => wishReport(asked))
  },
})
