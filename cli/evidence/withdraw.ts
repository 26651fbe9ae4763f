import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Take a ticket back: nothing more comes by it',
  args: { id: 'Its id, as `consign evidence tickets` shows it' },
  options: { 'dry-run': flag('Only look whether it may be taken back') },
  examples: [['evidence withdraw 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11', 'The code was seen by others']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const one = api.api.v1['evidence-tickets'][':id']
    const done = await parseResponse(one.$delete({ param: { id }, query: { dryRun: String(dryRun) } }))
    const came = `${done.sent} of ${done.mostPhotos} photos came by it`
    out.result(done, () => (dryRun ? `It may be taken back; ${came}.` : `It is taken back; ${came}.`))
  },
})
