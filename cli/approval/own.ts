import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Whether approvers may approve their own',
  details: 'Within their tier only; each time it is noted that it was their own.',
  args: { answer: '"allowed" or "forbidden"' },
  options: { 'dry-run': flag('Only say whether it would be so') },
  examples: [['approval own forbidden', 'As it is at the start']],
  async run({ args: { answer }, options: { 'dry-run': dryRun }, api, out }) {
    if (answer !== 'allowed' && answer !== 'forbidden') throw misuse('<answer>: give "allowed" or "forbidden"')
    const json = { ownAllowed: answer === 'allowed', dryRun }
    const done = await parseResponse(api.api.v1['approval-rules'].$patch({ json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}Approving one’s own is ${answer}.`)
  },
})
