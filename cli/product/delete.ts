import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'
import { wishReport } from '../writing.ts'

export default command({
  group: 'looking',
  summary: 'Have a product deleted in Lightspeed',
  args: { id: 'Its id in Lightspeed' },
  options: { reason: text('<words>', 'Why, for the audit'), 'dry-run': flag('Only show what would be sent') },
  examples: [['product delete 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --dry-run', 'What would be sent']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    const json = { ...(reason === undefined ? {} : { reason }), dryRun }
    const asked = await parseResponse(api.api.v1.products[':id'].$delete({ param: { id }, json }))
    out.result(asked, () => wishReport(asked))
  },
})
