import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { ago } from '../text.ts'

const columns: Column[] = [
  { title: 'Number' },
  { title: 'Total', align: 'right' },
  { title: 'Waits' },
  { title: '' },
  { title: 'Asked by', gives: true },
  { title: 'For', gives: true },
]

const paints = { fresh: 'dim', yellow: 'yellow', red: 'red' } as const

export default command({
  group: 'moving',
  summary: 'What waits for approval, longest first',
  args: {},
  options: {
    role: text('<role>', 'Only what this role is asked for'),
    limit: wholeNumber('<n>', 'So many (50)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['approval inbox --role store_manager', 'What store managers are asked for']],
  async run({ options: { role, limit = 50, after }, api, out }) {
    const query = { ...given({ role, after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1.approvals.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'Nothing waits for approval.'
      const now = new Date()
      const rows = page.data.map((one) => [
        one.number,
        one.total === null ? '' : `${one.total.amount} ${one.total.currency}`,
        ago(one.askedAt, now),
        screen.paint(paintOf(one.colour), one.colour),
        one.askedBy,
        one.wantedFrom ?? one.roles.join(', '),
      ])
      const more = page.next === null ? [] : ['', `There are more: consign approval inbox --after ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})

function paintOf(colour: string) {
  return colour === 'red' || colour === 'yellow' ? paints[colour] : paints.fresh
}
