import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, misuse, text } from '../options.ts'
import { oneLine } from '../text.ts'
import { jsonObject, objectIn } from './json.words.ts'

export default command({
  group: 'checking',
  summary: 'Send a signed webhook to an address',
  details: 'An envelope, signed with LS_WEBHOOK_SECRET. Without `--data` it speaks of no record, so it changes none.',
  args: {},
  options: {
    url: text('<url>', 'Where to (needed)', (url) => (URL.canParse(url) ? undefined : 'give an address')),
    event: text('<type>', 'Which type (product.updated)'),
    data: jsonObject('What it speaks of'),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [['webhook test --url http://localhost:3000/webhooks/lightspeed', 'Does our own door work?']],
  async run({ options: { url, event, data, 'dry-run': dryRun }, api, out }) {
    if (url === undefined) throw misuse('--url is missing: where to?')
    const json = { url, dryRun, ...(event ? { event } : {}), ...(data ? { data: objectIn(data) } : {}) }
    const sent = await parseResponse(api.api.v1['webhook-tests'].$post({ json }))
    if (!('status' in sent)) return out.result(sent, () => `Would be sent to ${sent.url}:\n${sent.body}`)
    const isTaken = sent.status >= 200 && sent.status < 300
    out.result(sent, ({ paint }) => {
      const mark = isTaken ? paint('green', '✓') : paint('red', '✗')
      return `${mark} ${sent.url} answered ${sent.status} in ${sent.ms} ms: ${oneLine(sent.answer)}`
    })
    return isTaken ? exitCodes.done : exitCodes.failed
  },
})
