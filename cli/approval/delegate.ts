import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text, time } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Let somebody decide in another one’s place',
  details:
    'For some days, with dates: who stands in looks at the other one’s documents and decides about them, and about nothing that one of the two submitted.',
  args: { to: 'Who decides then, such as token:<id>' },
  options: {
    from: text('<actor>', 'In whose place'),
    starts: time('From when on'),
    ends: time('Until when'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['approval delegate B --from A --starts 2026-12-24 --ends 2027-01-05', 'Over the holidays']],
  async run({ args: { to }, options: { from, starts: startsAt, ends: endsAt, 'dry-run': dryRun }, api, out }) {
    if (from === undefined) throw misuse('--from is missing: in whose place')
    if (startsAt === undefined || endsAt === undefined) throw misuse('--starts and --ends are missing: give both days')
    const json = { from, to, startsAt, endsAt, dryRun }
    const made = await parseResponse(api.api.v1['approval-rules'].delegations.$post({ json }))
    const span = `from ${startsAt.slice(0, 16)} until ${endsAt.slice(0, 16)}`
    out.result(
      made,
      () => `${dryRun ? 'Would be so: ' : ''}${to} decides in the place of ${from} ${span} (${made.id}).`,
    )
  },
})
