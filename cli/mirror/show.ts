import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { entityHelp, suggestEntity } from '../entity.ts'
import { flag } from '../options.ts'
import type { Screen } from '../screen.ts'
import { cut, pad } from '../text.ts'
import { cellOf, type Row } from './row.columns.ts'

export default command({
  group: 'looking',
  summary: 'One record of the mirror, every column',
  details: 'Of a list inside records, such as sale-line-items, the rows of the record with that id.',
  args: { entity: entityHelp, id: 'The id of the record, as Lightspeed has it' },
  options: { raw: flag('Also the record as Lightspeed sent it') },
  examples: [['mirror show outlets 02d59481-b67d-11e5-f667-b318647c76c1', 'One outlet']],
  async run({ args: { entity, id }, options: { raw }, api, out }) {
    const asked = api.api.v1.mirror[':entity'][':id'].$get({ param: { entity, id } })
    const record: Row = await parseResponse(asked).catch(suggestEntity([entity]))
    out.result(record, (screen) =>
      rowsIn(record)
        .map((row) => lines(raw ? row : withoutRaw(row), screen).join('\n'))
        .join('\n\n'),
    )
  },
})

function rowsIn(record: Row): Row[] {
  return Array.isArray(record['data']) && Object.keys(record).length === 1 ? record['data'].filter(isRow) : [record]
}

function isRow(one: unknown): one is Row {
  return typeof one === 'object' && one !== null
}

function withoutRaw(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'raw'))
}

function lines(row: Row, screen: Screen): string[] {
  const widest = Math.max(...Object.keys(row).map((name) => name.length))
  return Object.entries(row).map(
    ([name, value]) => `${screen.paint('dim', pad(name, widest))}  ${cut(cellOf(value), screen.width() - widest - 2)}`,
  )
}
