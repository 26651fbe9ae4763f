import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { flag, misuse, text, time, wholeNumber } from '../options.ts'
import { seenVersion } from '../query.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Change what is above its lines',
  details:
    'Outlets and supplier only of a draft, the rest until it is sent; of what is approved with a --reason. "-" empties a field.',
  args: { id: 'Its number or id' },
  options: {
    outlet: text('<name>', 'Where goods arrive; of a return where they leave'),
    from: text('<name>', 'The outlet that a transfer comes from'),
    supplier: text('<name>', 'Whom it is ordered from, or returned to'),
    reference: text('<text>', 'Under which others know it'),
    note: text('<text>', 'A note for whoever reads it'),
    due: time('The day it is due'),
    reason: text('<text>', 'Why; needed once it is approved'),
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [["consignment edit PO-STK-202611-000007-55 --note 'By Friday'", 'A note for the supplier']],
  async run({ args: { id }, options, api, out }) {
    const { outlet, from, supplier, reference, note, due, reason, version, 'dry-run': dryRun } = options
    const parties = { sourceOutletId: await outletNamed(api, from), supplierId: await supplierNamed(api, supplier) }
    const given = { ...parties, reference, note, dueAt: due }
    const changed = Object.entries(given).filter(([, value]) => value !== undefined)
    if (changed.length === 0 && outlet === undefined)
      throw misuse('Say what is to change: --note, --due, --reference …')
    const json = {
      ...(outlet === undefined ? {} : { outletId: await outletNamed(api, outlet) }),
      ...Object.fromEntries(changed.map(([field, value]) => [field, value === '-' ? null : value])),
      ...(reason === undefined ? {} : { reason }),
      dryRun,
    }
    const done = await parseResponse(
      api.api.v1.consignments[':id'].$patch({ param: { id }, json }, seenVersion(version)),
    )
    if (dryRun) out.say('Nothing was changed. It would be:')
    out.result(done, (screen) => wholeLines(screen, done))
  },
})
