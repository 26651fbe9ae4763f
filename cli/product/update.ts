import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'
import { wishReport } from '../writing.ts'
import { productFields, productOptions } from './product.options.ts'

export default command({
  group: 'looking',
  summary: 'Have a product changed in Lightspeed',
  details: 'Only what is named changes. What somebody has changed in Lightspeed meanwhile is not written over.',
  args: { id: 'Its id in Lightspeed' },
  options: {
    name: text('<name>', 'What it is called'),
    sku: text('<sku>', 'Its SKU, which no other may have'),
    ...productOptions,
    active: flag('Sell it again'),
    inactive: flag('Sell it no longer'),
    version: wholeNumber('<n>', 'Only if the mirror still has this version of it', [1, Number.MAX_SAFE_INTEGER]),
    reason: text('<words>', 'Why, for the audit'),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [['product update 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --retail-price 13', 'Another price']],
  async run({ args: { id }, options, api, out }) {
    const { name, sku, active, inactive, version, reason, 'dry-run': dryRun } = options
    if (active && inactive) throw misuse('--active and --inactive are two ways: give one')
    const json = {
      ...(name === undefined ? {} : { name }),
      ...(sku === undefined ? {} : { sku }),
      ...(await productFields(api, options)),
      ...(active || inactive ? { isActive: active } : {}),
      ...(reason === undefined ? {} : { reason }),
      dryRun,
    }
    const headers = version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }
    const asked = await parseResponse(api.api.v1.products[':id'].$patch({ param: { id }, json }, headers))
    out.result(asked, () => wishReport(asked))
  },
})
