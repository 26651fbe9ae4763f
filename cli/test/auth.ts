import { command } from '../command.ts'
import { counted, oneLine } from '../text.ts'
import { addressOf, checkLightspeed } from './lightspeed.check.ts'

export default command({
  group: 'checking',
  summary: 'Ask Lightspeed now: does it let us in, as whom?',
  details: 'Exit code 4: it does not let us in; 5: it cannot be reached.',
  args: {},
  options: {},
  examples: [['test auth', 'See whether the token is good, and whose it is']],
  async run({ api, out }) {
    const checked = await checkLightspeed(api, out)
    const whose = oneLine(checked.retailer ?? 'a retailer without a name')
    out.result(
      { ok: true, ...checked },
      ({ paint }) =>
        `${paint('green', '✓')} Signed in to ${addressOf(checked)} as ${whose}, with ${counted(checked.outlets, 'outlet')}`,
    )
  },
})
