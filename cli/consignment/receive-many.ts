import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'
import { manyNamed, manyOptions, manyWords } from './many.report.ts'

const outcomes = ['complete', 'more_to_come'] as const

export default command({
  group: 'moving',
  summary: 'Take several over as they were ordered',
  details:
    'For who may do without counting: each is one delivery, received whole or not at all. Exit code 3 when one is refused; the others are done.',
  args: {},
  options: {
    ...manyOptions,
    outcome: text('<word>', `${outcomes.join(' or ')} (complete)`, oneOf(outcomes)),
    note: text('<text>', 'A note for whoever reads it'),
    'dry-run': flag('Only say what would come of it'),
  },
  examples: [['consignment receive-many --ids TR-STK-202611-000123-61', 'All that was sent has come']],
  async run({ options: { outcome = 'complete', note = null, 'dry-run': dryRun, ...named }, api, out }) {
    const refs = manyNamed(named)
    if (refs === undefined) throw misuse('--ids or --file is missing: say which')
    const receipts = refs.map((consignmentId) => ({
      consignmentId,
      id: randomUUID(),
      note,
      asOrdered: true,
      outcome: outcomes.find((one) => one === outcome) ?? null,
    }))
    const told = await parseResponse(api.api.v1.consignments.receipts.$post({ json: { receipts, dryRun } }))
    out.result(told, (screen) => manyWords(screen, told))
    return told.refused > 0 ? exitCodes.refused : exitCodes.done
  },
})
