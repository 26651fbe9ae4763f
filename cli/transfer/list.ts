import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { outletNamed } from '../naming.ts'
import { given } from '../query.ts'
import { requestRows } from './request.report.ts'

export default command({
  group: 'moving',
  summary: 'Which outlet asks which for goods',
  args: {},
  options: {
    of: text('<outlet>', 'Only what is asked of this outlet'),
    by: text('<outlet>', 'Only what this outlet asks for'),
    answered: flag('Those that were answered, not those that wait'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['transfer list --of Hub', 'What waits for the answer of the hub']],
  async run({ options: { of, by, answered, limit = 20, after }, api, out }) {
    const named = { of: await outletNamed(api, of), by: await outletNamed(api, by) }
    const query = given({ ...named, state: answered ? 'answered' : undefined, limit, after })
    const page = await parseResponse(api.api.v1['transfer-requests'].$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const more = page.next === null ? [] : ['', `There are more: consign transfer list --after ${page.next}`]
      return [requestRows(screen, page.data), ...more].join('\n')
    })
  },
})
