import { command } from '../command.ts'
import { flag } from '../options.ts'
import { moveCount } from './count.moving.ts'

export default command({
  group: 'moving',
  summary: 'All is counted: review it',
  details: 'A count of which nothing was counted goes no further.',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Only say whether it is lawful') },
  examples: [['stocktake finish CT-STK-202611-4-18', 'Who reviews decides about the rest']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const moved = await moveCount(api, { id, to: 'RECEIVED', dryRun })
    out.result(
      moved,
      () => `${dryRun ? 'Would be so: ' : ''}${moved.number} is ${moved.dryRun ? moved.to : moved.status}.`,
    )
  },
})
