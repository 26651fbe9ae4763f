import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { misuse, text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { recountLines } from './recount.report.ts'

export default command({
  group: 'moving',
  summary: 'What senders are asked to count again',
  details: 'Those that nobody has answered, longest first; of one document all of them, with the answers.',
  args: {},
  options: {
    outlet: text('<name>', 'Only what this outlet is asked'),
    consignment: text('<id>', 'All of this transfer, by its number or id'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['recount list --outlet Hub', 'What we should count again here']],
  async run({ options: { outlet, consignment, limit = 20, after }, api, out }) {
    if (consignment !== undefined && (outlet ?? after) !== undefined)
      throw misuse('--consignment shows all of one transfer: leave --outlet and --after away')
    const outletId = await outletNamed(api, outlet)
    const page =
      consignment === undefined
        ? await parseResponse(
            api.api.v1['recount-requests'].$get({ query: { ...given({ outletId, after }), limit: String(limit) } }),
          )
        : await parseResponse(api.api.v1.consignments[':id']['recount-requests'].$get({ param: { id: consignment } }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'Nobody is asked.'
      const more = page.next === null ? [] : ['', `There are more: consign recount list --after ${page.next}`]
      return [recountLines(screen, page.data), ...more].join('\n')
    })
  },
})
