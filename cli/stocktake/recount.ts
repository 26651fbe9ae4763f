import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { recountsIn } from './count.input.ts'
import { recountLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'What a second look found',
  details: 'It replaces the count; both are kept. The file is CSV or JSON: line_id, quantity, at.',
  args: { id: 'Number or id of the count' },
  options: {
    line: text('<id>', 'The line, as `consign stocktake recounts` shows it'),
    quantity: text('<n>', 'So many are there'),
    file: text('<path>', 'Many at once'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['stocktake recount CT-STK-202611-4-18 --file docs/examples/looks.csv', 'Of several lines']],
  async run({ args: { id }, options: { line, quantity, file, 'dry-run': dryRun }, api, out }) {
    const now = new Date().toISOString()
    if (file === undefined && (line === undefined || quantity === undefined))
      throw misuse('Give --line and --quantity, or --file')
    const counts =
      file === undefined ? [{ lineId: line ?? '', quantity: quantity ?? '', at: now }] : recountsIn(file, now)
    const door = api.api.v1.consignments[':id'].recounts.counts
    const done = await parseResponse(door.$post({ param: { id }, json: { counts, dryRun } }))
    out.result(done, (screen) => recountLines(screen, done.recounts))
  },
})
