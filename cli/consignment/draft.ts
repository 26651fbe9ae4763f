import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'What you typed while packing, saved by itself',
  details: 'Screens save it every 12 seconds and when a field is left. It is yours alone, and gone once it is sent.',
  args: { id: 'The transfer or return, by its number or id' },
  options: {
    forget: flag('Throw it away'),
    'dry-run': flag('With --forget: only show what would be thrown away'),
  },
  examples: [['consignment draft TR-STK-202611-000123-61', 'Shows it']],
  async run({ args: { id }, options: { forget, 'dry-run': dryRun }, api, out }) {
    const door = api.api.v1.consignments[':id']['packing-draft']
    const kept = await parseResponse(door.$get({ param: { id } }))
    if (forget && !dryRun) {
      out.result(await parseResponse(door.$delete({ param: { id } })), () => 'It is thrown away.')
      return
    }
    out.result(kept, () => JSON.stringify(kept, null, 2))
  },
})
