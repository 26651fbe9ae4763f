import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { openLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'Lines that nobody has counted',
  args: { id: 'Number or id of the count' },
  options: {
    limit: wholeNumber('<n>', 'So many (200)', [1, 1000]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['stocktake uncounted CT-STK-202611-4-18', 'They hold the posting back']],
  async run({ args: { id }, options: { limit, after }, api, out }) {
    const query = given({ limit, after })
    const page = await parseResponse(api.api.v1.consignments[':id'].uncounted.$get({ param: { id }, query }))
    out.result(page, (screen) => {
      const { lines, counted, uncounted } = page.progress
      const rows = page.data.length === 0 ? 'There are none.' : openLines(screen, page.data)
      const more = page.next === null ? [] : [`There are more: add --after ${page.next}`]
      const state = `${counted} of ${lines} counted, ${uncounted} to count or decide about`
      return [rows, '', state, ...more].join('\n')
    })
  },
})
