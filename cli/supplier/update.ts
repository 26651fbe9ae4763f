import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { wishReport } from '../writing.ts'
import { supplierFields, supplierOptions } from './supplier.options.ts'

export default command({
  group: 'looking',
  summary: 'Have a supplier changed in Lightspeed',
  details: 'Only what is named changes. What somebody has changed in Lightspeed meanwhile is not written over.',
  args: { id: 'Its id in Lightspeed' },
  options: {
    name: text('<name>', 'What it is called'),
    ...supplierOptions,
    version: wholeNumber('<n>', 'Only if the mirror still has this version of it', [1, Number.MAX_SAFE_INTEGER]),
    reason: text('<words>', 'Why, for the audit'),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [['supplier update 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --phone 555-0101', 'Where orders go now']],
  async run({ args: { id }, options, api, out }) {
    const { name, version, reason, 'dry-run': dryRun } = options
    const set = { ...(name === undefined ? {} : { name }), ...supplierFields(options) }
    const json = { ...set, ...(reason === undefined ? {} : { reason }), dryRun }
    const headers = version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }
    const asked = await parseResponse(api.api.v1.suppliers[':id'].$patch({ param: { id }, json }, headers))
    out.result(asked, () => wishReport(asked))
  },
})
