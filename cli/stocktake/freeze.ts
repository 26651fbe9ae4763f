import { command } from '../command.ts'
import { flag } from '../options.ts'
import { moveCount } from './count.moving.ts'

export default command({
  group: 'moving',
  summary: 'Freeze its products and schedule it',
  details: 'What its scope finds becomes its lines. Composites and products without stock are never in it.',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Only say whether it is lawful') },
  examples: [['stocktake freeze CT-STK-202611-4-18', 'What comes into the catalogue later is not in it']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const moved = await moveCount(api, { id, to: 'OPEN', dryRun })
    out.result(
      moved,
      () => `${dryRun ? 'Would be so: ' : ''}${moved.number} is ${moved.dryRun ? moved.to : moved.status}.`,
    )
  },
})
