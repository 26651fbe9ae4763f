import { parseResponse } from 'hono/client'
import { conditions } from '#src/receiving/counting.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { lineNamed } from './delivery.finding.ts'
import { lineSentence } from './delivery.report.ts'

const bad = conditions.filter((one) => one !== 'good')

export default command({
  group: 'moving',
  summary: 'Correct what was received, until it is closed',
  details: `Says what arrived of a line in all; of it so much ${bad.join(', ')}. The reason is kept in the history, and Lightspeed is told.`,
  args: { id: 'Number or id of the order or transfer', line: 'The line, by its id, product or SKU' },
  options: {
    received: text('<quantity>', 'What arrived in all, whatever its condition'),
    damaged: names('<condition=quantity,…>', 'What of it cannot be sold'),
    reason: text('<text>', 'Why it is otherwise than it was counted'),
    'dry-run': flag('Only look what it would come to'),
  },
  examples: [['delivery amend PO-STK-202611-000007-55 TEA --received 10 --reason Van', 'One more']],
  async run({ args: { id, line }, options: { received, damaged = [], reason, 'dry-run': dryRun }, api, out }) {
    if (received === undefined) throw misuse('--received is missing: what arrived in all')
    if (reason === undefined) throw misuse('--reason is missing: why it is otherwise than it was counted')
    const param = { id, lineId: await lineNamed(api, id, line) }
    const json = { received, damaged: Object.fromEntries(damaged.map(conditionAndQuantity)), reason, dryRun }
    const done = await parseResponse(api.api.v1.consignments[':id'].lines[':lineId'].received.$patch({ param, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${lineSentence(done.line)}`)
  },
})

function conditionAndQuantity(given: string): [string, string] {
  const [word = '', quantity = ''] = given.split('=')
  const condition = bad.find((one) => one === word)
  if (condition !== undefined && quantity !== '') return [condition, quantity]
  throw misuse(`--damaged: give <condition>=<quantity>, of ${bad.join(', ')}, not "${given}"`)
}
