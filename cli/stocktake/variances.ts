import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { totalsLine, varianceLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'What differs, the dearest first',
  details: 'Expected is what was on hand when it was counted, whatever was sold since.',
  args: { id: 'Number or id of the count' },
  options: { all: flag('Also what does not differ') },
  examples: [['stocktake variances CT-STK-202611-4-18', 'What is short or over, and what it costs']],
  async run({ args: { id }, options: { all }, api, out }) {
    const query = { all: all ? ('true' as const) : ('false' as const) }
    const shown = await parseResponse(api.api.v1.consignments[':id'].variances.$get({ param: { id }, query }))
    out.result(shown, (screen) => {
      const rows = shown.data.length === 0 ? 'Nothing differs.' : varianceLines(screen, shown.data)
      const open = shown.undecided === 0 ? [] : [`${shown.undecided} lines that nobody counted are not decided about`]
      return [rows, '', totalsLine(shown.totals), ...open].join('\n')
    })
  },
})
