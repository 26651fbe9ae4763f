import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'looking',
  summary: 'Forget what was taught of a code',
  args: { code: 'What was scanned' },
  options: { 'dry-run': flag('Only say what would be forgotten') },
  examples: [['product forget 19421902960120', 'It was another carton']],
  async run({ args: { code }, options: { 'dry-run': dryRun }, api, out }) {
    const query = dryRun ? { dryRun: 'true' } : {}
    const door = api.api.v1.scan[':code']
    const was = await parseResponse(door.$delete({ param: { code: encodeURIComponent(code) }, query }))
    out.result(was, () => `${dryRun ? 'Would be so: ' : ''}${was.code} is no longer ${was.units} × ${was.productId}.`)
  },
})
