import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Show a conflict with Lightspeed, or settle it',
  details: 'Without --push-ours nothing is changed: it says what is different, and what each side has.',
  args: { id: 'Its number or id' },
  options: { 'push-ours': flag('Bring Lightspeed to where we are'), 'dry-run': flag('Only show both sides') },
  examples: [['consignment resolve PO-STK-202611-000007-55 --push-ours', 'Ours is right']],
  async run({ args: { id }, options: { 'push-ours': pushOurs, 'dry-run': dryRun }, api, out }) {
    if (pushOurs && dryRun) throw misuse('Give --push-ours or --dry-run, not both')
    const at = api.api.v1.consignments[':id']
    if (!pushOurs) {
      const shown = await parseResponse(at.lightspeed.$get({ param: { id } }))
      return out.result(shown, () =>
        shown.conflict
          ? `${shown.number}: ${shown.conflict.reasons.join('; ')}.`
          : `${shown.number} is in no conflict with Lightspeed.`,
      )
    }
    const done = await parseResponse(at.resolutions.$post({ param: { id }, json: { resolution: 'push_ours' } }))
    return out.result(done, () => `${done.number} is pushed over what is in Lightspeed.`)
  },
})
