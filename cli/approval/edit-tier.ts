import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'
import { tierFields, tierOptions, tierWords } from './tier.options.ts'

export default command({
  group: 'tools',
  summary: 'Change a tier, or let it count or not',
  args: { id: 'Its id, as `consign approval rules` shows it' },
  options: {
    ...tierOptions,
    on: flag('It counts'),
    off: flag('It is kept, and does not count'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['approval edit-tier 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --up-to 2500', 'Another limit']],
  async run({ args: { id }, options: { on, off, 'dry-run': dryRun, ...options }, api, out }) {
    if (on && off) throw misuse('--on and --off: give one of them')
    const change = { ...(await tierFields(api, options)), ...(on || off ? { isOn: on } : {}) }
    if (Object.keys(change).length === 0) throw misuse('Say what is to change: --up-to, --role, --on …')
    const param = { kind: 'tiers' as const, id }
    const done = await parseResponse(
      api.api.v1['approval-rules'][':kind'][':id'].$patch({ param, json: { ...change, dryRun } }),
    )
    out.result(
      done,
      () => `${dryRun ? 'Would be so: ' : ''}${tierWords(done)}${done.isOn ? '' : ', but does not count'}.`,
    )
  },
})
