import { parseResponse } from 'hono/client'
import { kinds } from '#src/cases/variance.rules.ts'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { given, oneOf } from '../query.ts'
import { caseLines } from './case.report.ts'

export default command({
  group: 'moving',
  summary: 'What was short, over, damaged or lost',
  args: {},
  options: {
    all: flag('Settled ones too'),
    overdue: flag('Only those that are overdue'),
    mine: flag('Only yours, and those of your roles'),
    owner: text('<who>', 'Only of this owner, such as role:buyer'),
    outlet: text('<name>', 'Only of what arrived there, or came from there'),
    kind: text('<kind>', `Only ${kinds.join(', ')}`, oneOf(kinds)),
    consignment: text('<id>', 'Only of this document, by its number or id'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['case list --overdue', 'What should have been settled by now']],
  async run({ options: { all, overdue, mine, outlet, limit = 20, ...rest }, api, out }) {
    const { owner, kind, consignment, after } = rest
    const query = {
      ...given({ outletId: await outletNamed(api, outlet), owner, kind, consignment, after }),
      ...(all ? {} : { state: 'open' as const }),
      ...(overdue ? { overdue: 'true' as const } : {}),
      ...(mine ? { mine: 'true' as const } : {}),
      limit: String(limit),
    }
    const page = await parseResponse(api.api.v1.cases.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const more = page.next === null ? [] : ['', `There are more: consign case list --after ${page.next}`]
      return [caseLines(screen, page.data), ...more].join('\n')
    })
  },
})
