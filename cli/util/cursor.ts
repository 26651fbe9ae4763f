import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { entityUnknown } from '../entity.ts'
import { flag, misuse, names } from '../options.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [
  { title: 'Entity', gives: true },
  { title: 'Cursor', align: 'right' },
]

export default command({
  group: 'tools',
  summary: 'How far each entity was read; or forget it',
  details:
    'The cursor is the version up to which Lightspeed was read. After `--reset` the next sync reads those entities from the start. Rows stay; unchanged ones are not written again.',
  args: {},
  options: {
    entity: names('<a,b>', 'Only these entities'),
    reset: flag('Forget how far these entities were read (with --entity)'),
    'dry-run': flag('With --reset: only say what would be forgotten'),
  },
  examples: [
    ['util cursor', 'All cursors'],
    ['util cursor --entity inventory --reset', 'Read the inventory from the start at its next sync'],
  ],
  async run({ options: { entity: wanted, reset, 'dry-run': isDryRun }, api, out }) {
    if (reset && !wanted) throw misuse('--reset needs --entity: name what is to be read from the start')
    if (isDryRun && !reset) throw misuse('--dry-run goes with --reset')
    const { entities } = await parseResponse(api.api.v1.sync.$get())
    const known = entities.map(({ entity }) => entity)
    const shown = entities.filter(({ entity }) => !wanted || wanted.includes(entity))
    const cursors = shown.map(({ entity, cursor }) => ({ entity, cursor }))
    const unknown = wanted?.find((name) => !known.some((entity) => entity === name))
    if (unknown !== undefined) throw entityUnknown(unknown, known)
    if (reset && !isDryRun) {
      await parseResponse(api.api.v1.sync['cursor-resets'].$post({ json: { entities: wanted ?? [] } }))
    }
    out.result({ cursors, reset: reset && !isDryRun }, (screen) => {
      const rows = cursors.map(({ entity, cursor }) => [entity, String(cursor)])
      const said = isDryRun ? 'Would be forgotten.' : 'Forgotten: the next sync reads from the start.'
      return [table(screen, columns, rows), ...(reset ? ['', said] : [])].join('\n')
    })
  },
})
