import { command } from '../command.ts'
import { addressOf, checkLightspeed } from './lightspeed.check.ts'

export default command({
  group: 'checking',
  summary: 'Ask Lightspeed now: can it be reached?',
  details: 'Exit code 5: it cannot be reached; 4: it answers, but does not let us in.',
  args: {},
  options: {},
  examples: [['test connection', 'Try the way to Lightspeed']],
  async run({ api, out }) {
    const checked = await checkLightspeed(api, out)
    out.result(
      { ok: true, ...checked },
      ({ paint }) => `${paint('green', '✓')} Reached ${addressOf(checked)} in ${checked.ms} ms`,
    )
  },
})
