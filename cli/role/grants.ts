import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [{ title: 'Id' }, { title: 'Who', gives: true }, { title: 'Role' }, { title: 'Where' }]

export default command({
  group: 'tools',
  summary: 'Who is what, at which outlet',
  args: {},
  options: {
    actor: text('<actor>', 'Only of this one, such as token:<id>'),
    role: text('<role>', 'Only this role'),
    outlet: text('<name>', 'Only at this outlet'),
    limit: wholeNumber('<n>', 'So many (100)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['role grants --role store_manager', 'Who runs which outlet']],
  async run({ options: { actor, role, outlet, after, limit = 100 }, api, out }) {
    const outletId = await outletNamed(api, outlet)
    const query = { ...given({ actor, role, outletId, after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1['role-grants'].$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'Nobody has a role: every token does what its rights say, everywhere.'
      const rows = page.data.map((one) => [one.id, one.actor, one.role, one.outletId ?? 'everywhere'])
      const more = page.next === null ? [] : ['', `There are more: consign role grants --after ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})
