import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wishReport } from '../writing.ts'
import { supplierFields, supplierOptions } from './supplier.options.ts'

export default command({
  group: 'looking',
  summary: 'Have a supplier made in Lightspeed',
  details: 'It is made by a job, once, and read back: `consign queue writes` shows how far it came.',
  args: {},
  options: {
    name: text('<name>', 'What it is called; no other may be called so'),
    ...supplierOptions,
    reason: text('<words>', 'Why, for the audit'),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [["supplier create --name 'Leaf & Sons' --email orders@leaf.example", 'With where orders go']],
  async run({ options, api, out }) {
    const { name, reason, 'dry-run': dryRun } = options
    if (name === undefined) throw misuse('--name is missing: what the supplier is called')
    const json = { name, ...supplierFields(options), ...(reason === undefined ? {} : { reason }), dryRun }
    const asked = await parseResponse(api.api.v1.suppliers.$post({ json }))
    out.result(asked, () => wishReport(asked))
  },
})
