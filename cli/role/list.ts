import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [{ title: 'Role' }, { title: 'Who', gives: true }, { title: 'May', gives: true }]

export default command({
  group: 'tools',
  summary: 'The roles, and what each may do',
  args: {},
  options: {},
  examples: [['role list', 'What a store manager may do, and who may cancel what is sent']],
  async run({ api, out }) {
    const page = await parseResponse(api.api.v1.roles.$get())
    out.result(page, (screen) =>
      table(
        screen,
        columns,
        page.data.map(({ role, words, rights, isChanged }) => [
          isChanged ? `${role} (changed)` : role,
          words ?? '',
          rights.join(', '),
        ]),
      ),
    )
  },
})
