import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { table, type Column } from '../table.ts'
import { ago, oneLine } from '../text.ts'
import { detailLines } from './event.report.ts'

const states = ['waiting', 'processed', 'failed', 'unknown']
const doors = ['lightspeed', 'envelope', 'courier']

const columns: Column[] = [
  { title: 'Id', align: 'right' },
  { title: 'Received' },
  { title: 'From' },
  { title: 'Type', gives: true },
  { title: 'State' },
  { title: 'What it led to', gives: true },
]

export default command({
  group: 'looking',
  summary: 'Webhooks that came; or one of them whole',
  details:
    'They are kept for 90 days, with every byte and what became of them. `--types` lists those that are acted on.',
  args: {},
  options: {
    id: wholeNumber('<id>', 'This one, with its headers and its words', [1, Number.MAX_SAFE_INTEGER]),
    type: text('<type>', 'Only this type, such as inventory.update'),
    state: text('<state>', `Only ${states.join(', ')}`, oneOf(states)),
    door: text('<door>', `Only what came by ${doors.join(', ')}`, oneOf(doors)),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    before: wholeNumber('<id>', 'Only older ones than this, as the page before says', [1, Number.MAX_SAFE_INTEGER]),
    types: flag('The types that Consign acts on'),
  },
  examples: [
    ['webhook events --state failed', 'What could not be done, and why'],
    ['webhook events --id 42', 'One of them, whole'],
  ],
  async run({ options: { id, types, type, state, door, limit = 20, before }, api, out }) {
    if (types) {
      const { types: known } = await parseResponse(api.api.v1.webhooks.$get())
      return out.result(known, () =>
        ['From Lightspeed:', ...known.lightspeed, '', 'In envelopes:', ...known.envelope].join('\n'),
      )
    }
    if (id !== undefined) {
      const event = await parseResponse(api.api.v1['webhook-events'][':id'].$get({ param: { id: String(id) } }))
      return out.result(event, (screen) => detailLines(event, screen).join('\n'))
    }
    const query = { limit: String(limit), ...given({ type, state, door, before }) }
    const page = await parseResponse(api.api.v1['webhook-events'].$get({ query }))
    return out.result(page, (screen) => {
      if (page.data.length === 0) return 'No webhook came.'
      const rows = page.data.map((one) => [
        one.id,
        ago(one.receivedAt, new Date()),
        one.carrier ?? one.door,
        one.type,
        one.state,
        oneLine(one.error ?? one.outcome ?? ''),
      ])
      const more = page.next === null ? [] : ['', `There are more: consign webhook events --before ${page.next}`]
      return [table(screen, columns, rows), ...more].join('\n')
    })
  },
})

function oneOf(known: readonly string[]) {
  return (word: string) => (known.includes(word) ? undefined : `give one of ${known.join(', ')}`)
}

function given(options: Record<string, string | number | undefined>): Record<string, string> {
  const there = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there.map(([name, value]) => [name, String(value)]))
}
