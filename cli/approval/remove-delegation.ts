import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Take a delegation back',
  args: { id: 'Its id, as `consign approval rules` shows it' },
  options: { 'dry-run': flag('Only say whether it would be so') },
  examples: [['approval remove-delegation 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11', 'For good; the audit keeps it']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const query = dryRun ? { dryRun: 'true' as const } : {}
    const door = api.api.v1['approval-rules'][':kind'][':id']
    const done = await parseResponse(door.$delete({ param: { kind: 'delegations', id }, query }))
    out.result(done, () => (dryRun ? 'Could be taken back. Nothing was changed.' : 'Taken back.'))
  },
})
