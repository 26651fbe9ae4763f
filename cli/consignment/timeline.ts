import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given } from '../query.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [{ title: 'When' }, { title: 'Who' }, { title: 'What' }, { title: 'Why', gives: true }]

export default command({
  group: 'moving',
  summary: 'All that happened to one, newest first',
  args: { id: 'Its number or id' },
  options: {
    limit: wholeNumber('<n>', 'So many (50)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['consignment timeline TR-STK-202611-000123-61', 'From the draft to now']],
  async run({ args: { id }, options: { limit = 50, after }, api, out }) {
    const query = { ...given({ after }), limit: String(limit) }
    const page = await parseResponse(api.api.v1.consignments[':id'].timeline.$get({ param: { id }, query }))
    out.result(page, (screen) => {
      const rows = page.data.map((one) => [
        one.at.slice(0, 19).replace('T', ' '),
        one.actor,
        oneLine(whatOf(one)),
        oneLine(one.reason ?? ''),
      ])
      const more =
        page.next === null ? [] : ['', `There is more: consign consignment timeline ${id} --after ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})

/** `consignment.transitioned` from DRAFT to OPEN as `transitioned DRAFT → OPEN`. */
function whatOf({ action, before, after }: { action: string; before: unknown; after: unknown }): string {
  const words = action.replace(/^consignment\./, '').replaceAll('_', ' ')
  const [from, to] = [statusIn(before), statusIn(after)]
  return from !== undefined && to !== undefined && from !== to ? `${words} ${from} → ${to}` : words
}

function statusIn(state: unknown): string | undefined {
  const status = typeof state === 'object' && state !== null && 'status' in state ? state.status : undefined
  return typeof status === 'string' ? status : undefined
}
