import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Take over what was done in Lightspeed',
  details: 'Webhooks and the mirror see to it by themselves; this is for when somebody does not want to wait.',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Change nothing, only say what would be taken over') },
  examples: [['consignment pull PO-STK-202611-000007-55 --dry-run', 'What was done there?']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const done = await parseResponse(api.api.v1.consignments[':id'].pulls.$post({ param: { id }, json: { dryRun } }))
    out.result(done, () => {
      if (!('steps' in done)) return `${done.number} is ${done.lightspeed} with Lightspeed.`
      const { number, steps, arrived, reasons } = done
      if (reasons.length > 0) return `${number} would be in conflict: ${reasons.join('; ')}.`
      if (steps.length + arrived.length === 0) return `Nothing new of ${number}.`
      return `${number} would become ${[...steps, `${arrived.length} products received`].join(', ')}.`
    })
  },
})
