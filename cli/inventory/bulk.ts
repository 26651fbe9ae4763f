import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wishReport } from '../writing.ts'
import { readRowsFile } from './rows.file.ts'

export default command({
  group: 'looking',
  summary: 'Have stock changed at many places',
  details:
    'The file is JSON (a list of objects) or CSV: product_id or code, outlet_id, quantity (to so many) or adjustment (by so many), reason. All rows are taken, or none: what is wrong is said row by row.',
  args: {},
  options: {
    file: text('<path>', 'JSON or CSV, at most 1000 rows'),
    reason: text('<words>', 'Of rows that have none of their own'),
    'dry-run': flag('Only show what would be sent, by what the mirror knows'),
  },
  examples: [["inventory bulk --file docs/examples/stock.csv --reason 'The back room'", 'Row by row']],
  async run({ options: { file, reason, 'dry-run': dryRun }, api, out }) {
    if (file === undefined) throw misuse('--file is missing: where the rows are')
    const json = { rows: readRowsFile(file), ...(reason === undefined ? {} : { reason }), dryRun }
    const asked = await parseResponse(api.api.v1.inventory.batches.$post({ json }))
    out.result(asked, () => wishReport(asked))
  },
})
