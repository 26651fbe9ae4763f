import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'
import { seenVersion } from '../query.ts'
import { wholeLines } from './document.report.ts'
import { findLine } from './line.words.ts'

export default command({
  group: 'moving',
  summary: 'Change one line of it',
  details: 'Once it is approved a line does not go: its quantity is set to 0, with the --reason. "-" empties a field.',
  args: { id: 'Its number or id', line: 'The line: its id, its product, or the SKU' },
  options: {
    quantity: text('<n>', 'So many are planned'),
    cost: text('<amount>', 'What one costs, without tax'),
    pack: text('<n>', 'So many are in a pack'),
    code: text('<text>', 'The supplier’s code of it'),
    reason: text('<text>', 'Why; needed once it is approved'),
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment edit-line PO-STK-202611-000007-55 TEA --quantity 6', 'Six of it, not twelve']],
  async run({ args: { id, line }, options, api, out }) {
    const { quantity, cost, pack, code, reason, version, 'dry-run': dryRun } = options
    const given = Object.entries({ unitCost: cost, packSize: pack, supplierCode: code })
    const changed = given.filter(([, value]) => value !== undefined)
    if (changed.length === 0 && quantity === undefined) throw misuse('Say what is to change: --quantity, --cost …')
    const json = {
      ...(quantity === undefined ? {} : { quantity }),
      ...Object.fromEntries(changed.map(([field, value]) => [field, value === '-' ? null : value])),
      ...(reason === undefined ? {} : { reason }),
      dryRun,
    }
    const param = { id, lineId: await findLine(api, id, line) }
    const door = api.api.v1.consignments[':id'].lines[':lineId']
    const done = await parseResponse(door.$patch({ param, json }, seenVersion(version)))
    if (dryRun) out.say('Nothing was changed. It would be:')
    out.result(done, (screen) => wholeLines(screen, done))
  },
})
