import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'

export default command({
  group: 'moving',
  summary: 'What both we and Lightspeed changed',
  args: {},
  options: {
    limit: wholeNumber('<n>', 'So many (50)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['consignment conflicts', 'What waits for a decision?']],
  async run({ options: { limit = 50, after }, api, out }) {
    const query = { limit: String(limit), ...given({ after }) }
    const page = await parseResponse(api.api.v1.conflicts.$get({ query }))
    out.result(page, () =>
      page.data.length === 0
        ? 'There are none.'
        : page.data.map(({ number, reasons }) => `${number}: ${reasons.join('; ')}`).join('\n'),
    )
  },
})
