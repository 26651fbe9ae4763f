import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { statuses } from '#src/consignments/lifecycle.rules.ts'
import { listLines } from '../consignment/document.report.ts'
import { text, time, wholeNumber } from '../options.ts'
import { given } from '../query.ts'

export default command({
  group: 'moving',
  summary: 'Counts, the newest first',
  args: {},
  options: {
    status: text('<a,b>', `Only these: ${statuses.join(', ')}`),
    outlet: text('<name>', 'Only of this outlet'),
    since: time('Only made since then'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['stocktake list --status OPEN,RECEIVING', 'What is to be counted']],
  async run({ options: { status, outlet, since, after, limit = 20 }, api, out }) {
    const outletId = await outletNamed(api, outlet)
    const query = { type: 'STOCKTAKE' as const, ...given({ status, outletId, since, after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1.consignments.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const more = page.next === null ? [] : ['', `There are more: consign stocktake list --after ${page.next}`]
      return [listLines(screen, page.data), ...more].join('\n')
    })
  },
})
