import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { requestLines } from './request.report.ts'

export default command({
  group: 'moving',
  summary: 'Take a question for goods back',
  details: 'The draft can be changed then, and asked for again.',
  args: { id: 'The transfer, by its number or id' },
  options: { 'dry-run': flag('Only show what it would be') },
  examples: [['transfer withdraw TR-STK-202611-000123-61', 'Nobody needs to answer']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const query = dryRun ? { dryRun: 'true' as const } : {}
    const told = await parseResponse(api.api.v1.consignments[':id'].request.$delete({ param: { id }, query }))
    out.result(told, (screen) => requestLines(screen, told))
  },
})
