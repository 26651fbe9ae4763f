import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { requestLines } from './request.report.ts'

export default command({
  group: 'moving',
  summary: 'Answer an outlet that asks for goods',
  details:
    'Agreed to, the transfer is open and can be packed; with --lines less is sent of some, 0 is none. Refused, it stays a draft, which may be asked of another outlet.',
  args: { id: 'The transfer, by its number or id' },
  options: {
    agree: flag('All of it, but for what --lines says'),
    lines: names('<line=quantity,…>', 'So many of these, a line by its id, product or SKU'),
    refuse: flag('None of it'),
    reason: text('<text>', 'Why; needed to refuse'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [
    ['transfer answer TR-STK-202611-000123-61 --agree', 'All of it'],
    ['transfer answer TR-STK-202611-000123-61 --agree --lines TEA=4', 'Only four teas'],
  ],
  async run({ args: { id }, options: { agree, lines = [], refuse, reason, 'dry-run': dryRun }, api, out }) {
    if (agree === refuse) throw misuse('--agree or --refuse: give one of the two')
    if (refuse && reason === undefined) throw misuse('--reason is missing: why it is refused')
    const door = api.api.v1.consignments[':id'].request
    const param = { id }
    const known = lines.length === 0 ? [] : (await parseResponse(door.$get({ param }))).lines
    const given = lines.map((one) => {
      const [, word = '', quantity = ''] = /^(.+)=([^=]+)$/.exec(one) ?? []
      const line = known.find(({ lineId, productId, sku }) => [lineId, productId, sku].includes(word))
      if (!line) throw misuse(`--lines: give <line>=<quantity>, a line by its id, product or SKU, not "${one}"`)
      return { lineId: line.lineId, quantity }
    })
    const json = refuse
      ? { answer: 'refuse' as const, reason: reason ?? '', dryRun }
      : { answer: 'agree' as const, lines: given, reason: reason ?? null, dryRun }
    const told = await parseResponse(door.answer.$post({ param, json }))
    if (dryRun) out.say('Nothing was answered. It would be:')
    out.result(told, (screen) => requestLines(screen, told))
  },
})
