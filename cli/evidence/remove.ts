import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Remove a photo or signature, with a reason',
  details: 'That it was there, who removed it and why stay; the file goes 30 days later.',
  args: { id: 'Its id, as `consign evidence list` shows it' },
  options: {
    reason: text('<text>', 'Why it is removed'),
    'dry-run': flag('Only look whether it may be removed'),
  },
  examples: [['evidence remove 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --reason blurred', 'It shows something else']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    if (reason === undefined) throw misuse('--reason is missing: say why it is removed')
    const removed = await parseResponse(api.api.v1.evidence[':id'].$delete({ param: { id }, json: { reason, dryRun } }))
    out.result(removed, () => (dryRun ? `${id} may be removed. Nothing was changed.` : `${id} is removed.`))
  },
})
