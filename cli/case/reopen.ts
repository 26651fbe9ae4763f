import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Open a settled case again',
  args: { id: 'Its id' },
  options: {
    reason: text('<text>', 'Why it is opened again'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['case reopen 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --reason refused', 'It is to be settled once more']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    if (reason === undefined) throw misuse('--reason is missing: why it is opened again')
    const json = { reason, dryRun }
    const done = await parseResponse(api.api.v1.cases[':id'].reopening.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}The case of ${done.number} is open again.`)
  },
})
