import { command } from '../command.ts'
import { flag } from '../options.ts'
import { moveCount } from './count.moving.ts'

export default command({
  group: 'moving',
  summary: 'Begin to count',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Only say whether it is lawful') },
  examples: [['stocktake start CT-STK-202611-4-18', 'So does whoever counts first']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const moved = await moveCount(api, { id, to: 'RECEIVING', dryRun })
    out.result(
      moved,
      () => `${dryRun ? 'Would be so: ' : ''}${moved.number} is ${moved.dryRun ? moved.to : moved.status}.`,
    )
  },
})
