import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [{ title: 'Type' }, { title: 'Address', gives: true }, { title: 'Done' }]
const words = { keep: 'was there', create: 'registered', activate: 'switched on' } as const

export default command({
  group: 'running',
  summary: 'Have Lightspeed send us its webhooks',
  details:
    'The address is the one by which Lightspeed reaches this Consign from outside. Each of the seven types gets a path of its own below it. Doing it twice changes nothing.',
  args: {},
  options: {
    url: text('<url>', 'Where Consign is reached, such as https://consign.example.com (needed)', (url) =>
      URL.canParse(url) ? undefined : 'give an address such as https://consign.example.com',
    ),
    'dry-run': flag('Only say what would be registered'),
  },
  examples: [['webhook register --url https://consign.example.com', 'From now on Lightspeed tells what changes']],
  async run({ options: { url, 'dry-run': dryRun }, api, out }) {
    if (url === undefined) throw misuse('--url is missing: where does Lightspeed reach this Consign?')
    const registered = await parseResponse(api.api.v1['webhook-registrations'].$post({ json: { url, dryRun } }))
    out.result(registered, (screen) => {
      const rows = registered.data.map((one) => [one.type, one.url, dryRun ? `would: ${one.step}` : words[one.step]])
      return table(screen, columns, rows)
    })
  },
})
