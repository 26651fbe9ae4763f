import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { text } from '../options.ts'
import { given } from '../query.ts'
import { laneLines } from './stock.report.ts'

export default command({
  group: 'moving',
  summary: 'What is under way, lane by lane',
  details: 'How much, its value for those who may see costs, and for how many hours the oldest has been under way.',
  args: {},
  options: { outlet: text('<name>', 'Only from there and to there') },
  examples: [['stock in-transit', 'Every lane']],
  async run({ options: { outlet }, api, out }) {
    const told = await parseResponse(
      api.api.v1['in-transit'].$get({ query: given({ outletId: await outletNamed(api, outlet) }) }),
    )
    out.result(told, (screen) => laneLines(screen, told.data))
  },
})
