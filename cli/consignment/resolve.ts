import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Show a conflict with Lightspeed, or settle it',
  details: 'Without --push-ours or --take-theirs nothing is changed: it says what is different.',
  args: { id: 'Its number or id' },
  options: {
    'push-ours': flag('Bring Lightspeed to where we are'),
    'take-theirs': flag('Take over what Lightspeed has, as far as the law lets'),
    'dry-run': flag('Change nothing, only say what would come of it'),
  },
  examples: [['consignment resolve PO-STK-202611-000007-55 --push-ours', 'Ours is right']],
  async run({ args: { id }, options, api, out }) {
    const { 'push-ours': pushOurs, 'take-theirs': takeTheirs, 'dry-run': dryRun } = options
    if (pushOurs && takeTheirs) throw misuse('Give --push-ours or --take-theirs, not both')
    const at = api.api.v1.consignments[':id']
    if (!pushOurs && !takeTheirs) {
      const shown = await parseResponse(at.lightspeed.$get({ param: { id } }))
      return out.result(shown, () =>
        shown.conflict
          ? `${shown.number}: ${shown.conflict.reasons.join('; ')}.`
          : `${shown.number} is in no conflict with Lightspeed.`,
      )
    }
    const resolution = pushOurs ? 'push_ours' : 'take_theirs'
    const done = await parseResponse(at.resolutions.$post({ param: { id }, json: { resolution, dryRun } }))
    const how = dryRun ? 'would be' : 'is'
    return out.result(done, () =>
      pushOurs
        ? `${done.number} ${how} pushed over what is in Lightspeed.`
        : `${done.number} ${how} as Lightspeed has it: ${done.status}.`,
    )
  },
})
