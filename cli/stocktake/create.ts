import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed, productNamed } from '../naming.ts'
import { flag, misuse, names, text } from '../options.ts'
import { scopeLines } from './count.report.ts'
import { scopeOf, scopeOptions } from './scope.options.ts'

export default command({
  group: 'moving',
  summary: 'Draft a count, and say what it is about',
  details:
    'Products by SKU, code or id; what filters name by its id in Lightspeed. `consign stocktake freeze` schedules it.',
  args: {},
  options: {
    outlet: text('<name>', 'Where it is counted'),
    ...scopeOptions,
    products: names('<sku,…>', 'Products that are put in by hand'),
    reference: text('<text>', 'Under which others know it'),
    note: text('<text>', 'A note for whoever counts'),
    request: text('<id>', 'An id of your own: asked again with it, no second one is made'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [
    ['stocktake create --outlet Hub --filter brand=ID --blind', 'One brand, blind'],
    ['stocktake create --outlet Hub --full --dry-run', 'What a full count would be'],
  ],
  async run({ options, api, out }) {
    const { outlet, products = [], reference, note, request, 'dry-run': dryRun, ...scoping } = options
    if (outlet === undefined)
      throw misuse('--outlet is missing: the name of an outlet, as `consign mirror list outlets` shows it')
    const outletId = await outletNamed(api, outlet)
    const scope = scopeOf(scoping)
    const wanted = await Promise.all(products.map((product) => productNamed(api, product)))
    const lines = wanted.map((productId) => ({ productId, quantity: '0' }))
    const said = { reference: reference ?? null, note: note ?? null, lines, dryRun }
    const headers = request === undefined ? {} : { headers: { 'idempotency-key': request } }
    const { consignments } = api.api.v1
    const made = await parseResponse(consignments.$post({ json: { type: 'STOCKTAKE', outletId, ...said } }, headers))
    if (dryRun) {
      out.result(
        made,
        () =>
          `It would be ${made.number}, of ${made.lines.length} products put in by hand and what the scope finds. Nothing was made.`,
      )
      return
    }
    const param = { id: made.id }
    const shown = scope
      ? await parseResponse(consignments[':id'].scope.$put({ param, json: scope }))
      : await parseResponse(consignments[':id'].scope.$get({ param }))
    out.result(shown, () => scopeLines(shown))
  },
})
