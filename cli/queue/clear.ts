import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { oneOf } from '../query.ts'
import { counted } from '../text.ts'

const states = ['done', 'failed', 'cancelled'] as const

export default command({
  group: 'tools',
  summary: 'Remove jobs that have been over for long',
  details: 'They leave by themselves after 30 days. Dead letters stay until a person retries or deletes them.',
  args: {},
  options: {
    status: text('<state>', `Those that are ${states.join(', ')} (done)`, oneOf(states)),
    days: wholeNumber('<n>', 'Over for so many days (30)', [0, 3650]),
    type: text('<kind>', 'Only this kind'),
    'dry-run': flag('Only say how many there are'),
  },
  examples: [['queue clear --status done --days 7', 'Those that were done a week ago']],
  async run({ options: { status, days = 30, type: kind, 'dry-run': dryRun }, api, out }) {
    const state = states.find((one) => one === status) ?? 'done'
    const json = { state, days, dryRun, ...(kind === undefined ? {} : { kind }) }
    const { cleared } = await parseResponse(api.api.v1.jobs.clearings.$post({ json }))
    out.result({ cleared, dryRun }, () => `${counted(cleared, 'job')} ${dryRun ? 'would be removed' : 'removed'}.`)
  },
})
