import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, wholeNumber } from '../options.ts'
import { table, type Column } from '../table.ts'
import { count } from '../text.ts'

const columns: Column[] = [
  { title: 'What', gives: true },
  { title: 'Rows', align: 'right' },
  { title: 'Leaves by itself after', gives: true },
]

export default command({
  group: 'tools',
  summary: 'Remove old webhooks, logs, jobs and runs',
  details:
    'All of it leaves by itself; this is for a disk that grows full. What is not finished stays, and so do the mirror, the ' +
    'history of stock and the audit. The removal is noted in the audit.',
  args: {},
  options: {
    days: wholeNumber('<n>', 'Older than so many days', [1, 3650]),
    'dry-run': flag('Only say how much it is'),
  },
  examples: [
    ['util cleanup --days 30 --dry-run', 'How much is older than a month'],
    ['util cleanup --days 30', 'Remove it'],
  ],
  async run({ options: { days, 'dry-run': dryRun }, api, out }) {
    if (days === undefined) throw misuse('--days is missing: say how old is old, such as --days 30')
    const cleaned = await parseResponse(api.api.v1.cleanups.$post({ json: { days, dryRun } }))
    out.result(cleaned, (screen) => {
      const rows = cleaned.data.map(({ what, rows: found, keptDays }) => [what, count(found), `${keptDays} days`])
      return [table(screen, columns, rows), '', dryRun ? 'Would be removed.' : 'Removed.'].join('\n')
    })
  },
})
