import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Push one to Lightspeed now',
  details: 'Each change is pushed by itself; this is for when somebody does not want to wait, or wants to know.',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Send nothing, only list what would be sent') },
  examples: [['consignment push PO-STK-202611-000007-55 --dry-run', 'What would be sent?']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const at = api.api.v1.consignments[':id']
    const done = await parseResponse(at.pushes.$post({ param: { id }, json: { dryRun } }))
    const { waitsFor } = dryRun ? { waitsFor: null } : await parseResponse(at.lightspeed.$get({ param: { id } }))
    out.result(done, () => {
      if (!('requests' in done) && done.lightspeed === 'none')
        return `${done.number} is ${done.status}, and Lightspeed is not told of that.`
      if (!('requests' in done))
        return waitsFor === null ? `${done.number} is on its way to Lightspeed.` : `${done.number} waits. ${waitsFor}.`
      if (done.outOfReach.length > 0) return `Nothing would be sent: ${done.outOfReach.join('; ')}.`
      const lines = done.requests.map(({ method, path }) => `${method} ${path}`)
      return lines.length === 0 ? `${done.number} is as it should be there.` : lines.join('\n')
    })
  },
})
