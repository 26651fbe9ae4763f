import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { ago } from '../text.ts'

const columns: Column[] = [
  { title: 'When', gives: true },
  { title: 'Kind', gives: true },
  { title: 'For', gives: true },
  { title: 'Why', gives: true },
]

export default command({
  group: 'moving',
  summary: 'Who was told what about which document',
  args: {},
  options: {
    kind: text('<kind>', 'Only approval_reminder, approval_next or approval_expired'),
    role: text('<role>', 'Only for this role'),
    to: text('<actor>', 'Only for this one'),
    limit: wholeNumber('<n>', 'So many (50)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['notice list --role store_manager', 'What store managers were reminded of']],
  async run({ options: { kind, role, to, limit = 50, after }, api, out }) {
    const query = { ...given({ kind, role, to, after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1.notices.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const now = new Date()
      const rows = page.data.map((one) => [ago(one.at, now), one.kind, one.to ?? one.toRoles.join(', '), one.why])
      const more = page.next === null ? [] : ['', `There are more: consign notice list --after ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})
