import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names, text, time } from '../options.ts'
import { typeNamed, typeWords } from '../document-types.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { wholeLines } from './document.report.ts'
import { plannedLine } from './line.words.ts'

export default command({
  group: 'moving',
  summary: 'Draft an order, transfer, return or count',
  details: `Types: ${typeWords}. A line is <product>=<quantity>, or <product>=<quantity>@<cost of one>; products by SKU, barcode or id, outlets and suppliers by name or id.`,
  args: { type: 'What it is, such as transfer' },
  options: {
    outlet: text('<name>', 'Where goods arrive; of a return where they leave, of a stocktake where they are'),
    from: text('<name>', 'The outlet that a transfer comes from'),
    supplier: text('<name>', 'Whom it is ordered from, or returned to'),
    lines: names('<product=quantity,…>', 'What is to move'),
    reference: text('<text>', 'Under which others know it'),
    note: text('<text>', 'A note for whoever reads it'),
    due: time('The day it is due'),
    request: text('<id>', 'An id of your own: asked again with it, no second one is made'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment create transfer --from Hub --outlet Hill --lines TEA=12', 'To another outlet']],
  async run({ args: { type }, options, api, out }) {
    const { outlet, from, supplier, lines = [], due, request, reference, note, 'dry-run': dryRun } = options
    if (outlet === undefined)
      throw misuse('--outlet is missing: the name of an outlet, as `consign mirror list outlets` shows it')
    const json = {
      type: typeNamed(type, '<type>'),
      outletId: await outletNamed(api, outlet),
      sourceOutletId: (await outletNamed(api, from)) ?? null,
      supplierId: (await supplierNamed(api, supplier)) ?? null,
      reference: reference ?? null,
      note: note ?? null,
      dueAt: due ?? null,
      lines: await Promise.all(lines.map((line) => plannedLine(api, line))),
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
