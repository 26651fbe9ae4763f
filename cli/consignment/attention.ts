import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { typeOption } from '../document-types.ts'
import { outletNamed } from '../naming.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { ago } from '../text.ts'

const columns: Column[] = [
  { title: 'Number' },
  { title: 'State' },
  { title: 'Since' },
  { title: 'Because', gives: true },
]

export default command({
  group: 'moving',
  summary: 'What is late or stuck, and why',
  args: {},
  options: {
    overdue: flag('Only what should have come'),
    stuck: flag('Only what does not go on'),
    type: typeOption(),
    outlet: text('<name>', 'Only what goes there, or comes from there'),
    limit: wholeNumber('<n>', 'So many (50)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['consignment attention --overdue', 'What should have arrived']],
  async run({ options: { overdue, stuck, type, outlet, limit = 50, after }, api, out }) {
    const flags = { ...(overdue ? { overdue: 'true' as const } : {}), ...(stuck ? { stuck: 'true' as const } : {}) }
    const outletId = await outletNamed(api, outlet)
    const query = { ...flags, ...given({ type, outletId, after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1.consignments.attention.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'All is going on.'
      const now = new Date()
      const rows = page.data.map(({ number, statusLabel, since, because }) => [
        number,
        statusLabel,
        ago(since, now),
        because.map(({ words }) => words).join('; '),
      ])
      const more = page.next === null ? [] : ['', `There are more: consign consignment attention --after ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})
