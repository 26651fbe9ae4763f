import { parseResponse } from 'hono/client'
import { types, type Type } from '#src/consignments/lifecycle.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text, time } from '../options.ts'
import { oneOf } from '../query.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Draft an order, transfer, return or count',
  details: `Types: ${types.join(', ')}. A line is <product>=<quantity>, or <product>=<quantity>@<cost of one>; outlets, suppliers and products by their ids in Lightspeed.`,
  args: { type: 'What it is, such as OUTLET_TRANSFER' },
  options: {
    outlet: text('<id>', 'Where goods arrive; of a return where they leave, of a stocktake where they are'),
    from: text('<id>', 'The outlet that a transfer comes from'),
    supplier: text('<id>', 'Whom it is ordered from, or returned to'),
    lines: names('<product=quantity,…>', 'What is to move'),
    reference: text('<text>', 'Under which others know it'),
    note: text('<text>', 'A note for whoever reads it'),
    due: time('The day it is due'),
    request: text('<id>', 'An id of your own: asked again with it, no second one is made'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment create OUTLET_TRANSFER --from ID --outlet ID --lines ID=12', 'To another outlet']],
  async run({ args: { type }, options, api, out }) {
    const { outlet: outletId, from, supplier, lines = [], due, request, reference, note, 'dry-run': dryRun } = options
    if (outletId === undefined)
      throw misuse('--outlet is missing: the id of an outlet, as `consign mirror list outlets` shows it')
    const json = {
      type: typeNamed(type),
      outletId,
      sourceOutletId: from ?? null,
      supplierId: supplier ?? null,
      reference: reference ?? null,
      note: note ?? null,
      dueAt: due ?? null,
      lines: lines.map(lineOf),
      dryRun,
    }
    const headers = request === undefined ? {} : { headers: { 'idempotency-key': request } }
    const made = await parseResponse(api.api.v1.consignments.$post({ json }, headers))
    if (dryRun) out.say('Nothing was made. It would be:')
    for (const { number, likeness } of made.similar)
      out.say(`Looks like ${number}: ${Math.round(likeness * 100)} % the same`)
    out.result(made, (screen) => wholeLines(screen, made))
  },
})

function typeNamed(given: string): Type {
  const type = types.find((one) => one === given.toUpperCase())
  if (type) return type
  throw misuse(`<type>: ${oneOf(types)(given) ?? ''}, not "${given}"`)
}

function lineOf(given: string) {
  const [, productId = '', quantity = '', unitCost] = /^(.+)=([^@]+)(?:@(.+))?$/.exec(given) ?? []
  if (productId === '') throw misuse(`--lines: give <product>=<quantity>, not "${given}"`)
  return { productId, quantity, ...(unitCost === undefined ? {} : { unitCost }) }
}
