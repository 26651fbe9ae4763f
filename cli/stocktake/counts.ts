import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { countLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'What was counted so far',
  args: { id: 'Number or id of the count' },
  options: {
    limit: wholeNumber('<n>', 'So many (200)', [1, 1000]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['stocktake counts CT-STK-202611-4-18', 'Of all counters together']],
  async run({ args: { id }, options: { limit, after }, api, out }) {
    const query = given({ limit, after })
    const page = await parseResponse(api.api.v1.consignments[':id'].counts.$get({ param: { id }, query }))
    out.result(page, (screen) => {
      const { lines, counted, uncounted } = page.progress
      const rows = page.data.length === 0 ? 'There are no lines.' : countLines(screen, page.data)
      const more = page.next === null ? [] : [`There are more: add --after ${page.next}`]
      const state = `${counted} of ${lines} counted, ${uncounted} to count or decide about`
      const beside = page.undirected.map(
        (one) => `Beside the set: ${one.sku ?? one.code ?? one.productId ?? ''} ${one.counted}`,
      )
      return [rows, '', state, ...beside, ...more].join('\n')
    })
  },
})
