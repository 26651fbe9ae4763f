import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { ago, oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Entity', gives: true },
  { title: 'Field', gives: true },
  { title: 'Kind' },
  { title: 'First seen' },
  { title: 'Example', gives: true },
]

export default command({
  group: 'looking',
  summary: 'Fields of Lightspeed that the mirror does not know',
  details:
    'Fields without a column of their own, or that could not be read as what they should be. Nothing of them is lost: the column `raw` of each row keeps the record as it came.',
  args: {},
  options: {},
  examples: [['audit drift', 'See whether Lightspeed has begun to send something new']],
  async run({ api, out }) {
    const drift = await parseResponse(api.api.v1.sync.drift.$get())
    out.result(drift, (screen) => {
      if (drift.data.length === 0) return 'The mirror knows every field that Lightspeed sent.'
      const now = new Date()
      const rows = drift.data.map(({ entity, field, kind, firstSeenAt, example }) => [
        entity,
        oneLine(field),
        kind,
        ago(firstSeenAt, now),
        oneLine(example ?? ''),
      ])
      return table(screen, columns, rows)
    })
  },
})
