import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { ago, count } from '../text.ts'

const columns: Column[] = [
  { title: 'From' },
  { title: 'Type', gives: true },
  { title: 'State' },
  { title: 'Webhooks', align: 'right' },
  { title: 'Last' },
]

export default command({
  group: 'looking',
  summary: 'Which webhooks come, and which doors are open',
  args: {},
  options: {},
  examples: [['webhook status', 'All of it']],
  async run({ api, out }) {
    const { doors, counts } = await parseResponse(api.api.v1.webhooks.$get())
    const registrations = await parseResponse(api.api.v1['webhook-registrations'].$get())
    out.result({ doors, counts, registrations }, (screen) => {
      const rows = counts.map((one) => [
        one.door,
        one.type,
        one.state,
        count(one.events),
        ago(one.lastReceivedAt, new Date()),
      ])
      const came = rows.length === 0 ? 'No webhook came in the last 90 days.' : table(screen, columns, rows)
      return [came, '', ...doorLines(doors, screen), '', ...registrationLines(registrations, screen)].join('\n')
    })
  },
})

type Doors = { lightspeed: { isOpen: boolean }; envelope: { isOpen: boolean }; couriers: string[] }

function doorLines({ lightspeed, envelope, couriers }: Doors, screen: Screen): string[] {
  return [
    mark(screen, lightspeed.isOpen, 'Lightspeed’s own', 'set LIGHTSPEED_CLIENT_SECRET'),
    mark(screen, envelope.isOpen, 'Signed envelopes', 'set LS_WEBHOOK_SECRET'),
    mark(screen, couriers.length > 0, `Couriers: ${couriers.join(', ') || 'none'}`, 'set COURIER_WEBHOOK_SECRETS'),
  ]
}

type Registrations = {
  origin: string | null
  problem: string | null
  data: { type: string; state: string }[]
  others: { type: string; url: string }[]
}

function registrationLines({ origin, problem, data, others }: Registrations, screen: Screen): string[] {
  const foreign = others.map(({ type, url }) => `  also: ${type} to ${url}`)
  if (origin === null)
    return ['Lightspeed was not asked for its webhooks: consign webhook register --url https://…', ...foreign]
  const lines = data.map(({ type, state }) =>
    mark(screen, state === 'registered', type, 'consign webhook register again'),
  )
  return [`Lightspeed sends to ${origin}`, ...lines, ...foreign, ...(problem ? [screen.paint('red', problem)] : [])]
}

function mark(screen: Screen, isWell: boolean, what: string, cure: string): string {
  return isWell ? `${screen.paint('green', '✓')} ${what}` : `${screen.paint('yellow', '–')} ${what} (${cure})`
}
