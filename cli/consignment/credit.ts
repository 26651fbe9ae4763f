import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text, time } from '../options.ts'
import { returnLines, type ToldReturn } from './return.report.ts'

export default command({
  group: 'moving',
  summary: 'What a supplier gives for a return',
  details:
    'Without an option it shows what is expected and what came. The same reference again corrects its credit note.',
  args: { id: 'The return, by its number or id' },
  options: {
    amount: text('<amount>', 'A credit note over so much, such as 49.50'),
    reference: text('<number>', 'Its number'),
    at: time('Its day; now, unless it is given'),
    none: text('<reason>', 'The supplier gives nothing, and why'),
    rma: text('<number>', 'The number that the supplier gave for the return'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment credit RS-STK-202611-000001-87 --rma R-1', 'The supplier has given a number']],
  async run({ args: { id }, options, api, out }) {
    const { amount, reference, at, none, rma, 'dry-run': dryRun } = options
    const door = api.api.v1.consignments[':id']
    const param = { id }
    const ask = async (): Promise<ToldReturn> => {
      if (amount !== undefined && reference !== undefined) {
        const json = { amount, reference, dryRun, ...(at === undefined ? {} : { at }) }
        return parseResponse(door.credit.$put({ param, json }))
      }
      if (none !== undefined)
        return parseResponse(door['credit-refusal'].$put({ param, json: { reason: none, dryRun } }))
      if (rma !== undefined) return parseResponse(door.return.$patch({ param, json: { rma, dryRun } }))
      return parseResponse(door.return.$get({ param }))
    }
    if ([amount, none, rma].filter((one) => one !== undefined).length > 1)
      throw misuse('--amount, --none and --rma are told one at a time')
    if (amount !== undefined && reference === undefined) throw misuse('--reference is missing: the number of the note')
    const seen = await ask()
    if (dryRun) out.say('Nothing was changed. It would be:')
    out.result(seen, (screen) => returnLines(screen, seen))
  },
})
