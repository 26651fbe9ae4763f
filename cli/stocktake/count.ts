import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { scansOf } from './count.input.ts'

/** As many as the API takes at once. */
const mostAtOnce = 1000

export default command({
  group: 'moving',
  summary: 'Count: scanned, keyed in, or from a file',
  details:
    'Counts of several people add up; below zero takes back a mistake. The file is CSV or JSON: code or product_id, quantity (1), area, at, and id, which makes a repeat nothing.',
  args: { id: 'Number or id of the count' },
  options: {
    code: text('<code>', 'What was scanned; of a case all that is in it'),
    product: text('<id>', 'The product, by its id in Lightspeed'),
    quantity: text('<n>', 'So many (1)'),
    area: text('<text>', 'Where in the shop'),
    file: text('<path>', 'Many counts at once'),
    request: text('<uuid>', 'An id of your own: sent again with it, it counts once'),
    'dry-run': flag('Only say what it would come to'),
  },
  examples: [
    ['stocktake count CT-STK-202611-4-18 --code 9421902960123 --quantity 6', 'Six of it'],
    ['stocktake count CT-STK-202611-4-18 --file docs/examples/counts.csv', 'A whole shelf'],
  ],
  async run({ args: { id }, options: { 'dry-run': dryRun, ...typed }, api, out }) {
    const scans = scansOf(typed, new Date().toISOString())
    if (scans.length > mostAtOnce) throw misuse(`--file: at most ${mostAtOnce} counts at once`)
    const { counts } = api.api.v1.consignments[':id']
    const done = await parseResponse(counts.$post({ param: { id }, json: { scans, dryRun } }))
    out.result(done, () =>
      [
        ...(dryRun ? ['Nothing was kept. It would be so:'] : []),
        `${done.number}: ${done.stored} taken, ${done.repeated} known already`,
        ...done.counts.map(
          (one) => `${one.productId} ${one.counted}${one.isUndirected ? ' (the count is not about it)' : ''}`,
        ),
        ...done.unknown.map(({ code }) => `Nobody knows the code ${code ?? ''}: teach it, or key the product in`),
      ].join('\n'),
    )
  },
})
