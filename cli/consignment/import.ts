import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { typeNamed } from '../document-types.ts'
import { textOf } from '../files.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { flag, misuse, text, time } from '../options.ts'
import { count, counted } from '../text.ts'
import { listLines } from './document.report.ts'

const kinds = ['PURCHASE_ORDER', 'OUTLET_TRANSFER'] as const

export default command({
  group: 'moving',
  summary: 'Draft orders or transfers from a CSV file',
  details:
    'Columns: SKU (or Code, Product ID), Quantity, and if wanted Cost, Pack size, Supplier code, Outlet, From, Supplier, Reference, Due. All of the file is taken or nothing, with every row and column that is wrong.',
  args: {},
  options: {
    file: text('<path>', 'CSV, at most 5000 rows'),
    type: text('<type>', '"order" or "transfer" (order)'),
    outlet: text('<name>', 'Where goods arrive, for rows that do not say'),
    from: text('<name>', 'The outlet that transfers come from'),
    supplier: text('<name>', 'Whom it is ordered from'),
    reference: text('<text>', 'Under which others know it'),
    note: text('<text>', 'A note for whoever reads it'),
    due: time('The day it is due'),
    request: text('<id>', 'An id of your own: asked again with it, none are made again'),
    'dry-run': flag('Only show what they would be'),
  },
  examples: [['consignment import --file docs/examples/order.csv --outlet Hub', 'Row by row']],
  async run({ options, api, out }) {
    const { file, type: given, outlet, from, supplier, reference, note, due, request, 'dry-run': dryRun } = options
    if (file === undefined) throw misuse('--file is missing: where the rows are')
    const json = {
      type: kindNamed(given ?? 'order'),
      csv: textOf(file),
      outletId: (await outletNamed(api, outlet)) ?? null,
      sourceOutletId: (await outletNamed(api, from)) ?? null,
      supplierId: (await supplierNamed(api, supplier)) ?? null,
      reference: reference ?? null,
      note: note ?? null,
      dueAt: due ?? null,
      dryRun,
    }
    const headers = request === undefined ? {} : { headers: { 'idempotency-key': request } }
    const made = await parseResponse(api.api.v1.consignments.imports.$post({ json }, headers))
    for (const column of made.ignoredColumns) out.say(`The column ${column} means nothing here, and was passed over`)
    for (const { number, similar } of made.documents)
      for (const { number: other, likeness } of similar)
        out.say(`${number} looks like ${other}: ${Math.round(likeness * 100)} % the same`)
    out.result(made, (screen) =>
      [
        `${counted(made.rows, 'row')}, ${count(made.documents.length)} ${dryRun ? 'would be' : ''} drafted:`.replace(
          '  ',
          ' ',
        ),
        listLines(screen, made.documents),
      ].join('\n'),
    )
  },
})

function kindNamed(given: string) {
  const type = typeNamed(given, '--type')
  const kind = kinds.find((one) => one === type)
  if (kind) return kind
  throw misuse('--type: orders and transfers come from files, nothing else')
}
