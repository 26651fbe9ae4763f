import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { countsSentence, oddScans } from '../delivery/delivery.report.ts'
import { scanHelp, scanOptions, scansOf } from '../delivery/scans.asking.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'
import { counted } from '../text.ts'

const outcomes = ['more_to_come', 'complete'] as const

export default command({
  group: 'moving',
  summary: 'Receive in one go: begin, count, end',
  details: `${scanHelp} All of it is taken, or nothing. Without an --outcome the delivery stays open for more. The same --id again does nothing further.`,
  args: { id: 'Number or id of the order or transfer' },
  options: {
    ...scanOptions,
    'as-ordered': flag('Take over as expected whatever was not counted'),
    outcome: text('<outcome>', `${outcomes.join(' or ')}: ends the delivery`, oneOf(outcomes)),
    note: text('<text>', 'Such as who brought it'),
    id: text('<uuid>', 'An id of your own for the delivery'),
    'dry-run': flag('Only look what it would come to'),
  },
  examples: [
    ['consignment receive PO-STK-202611-000007-55 --scan TEA=4 --scan MILK', 'Four teas and a milk'],
    ['consignment receive PO-STK-202611-000007-55 --as-ordered', 'All came, says somebody'],
  ],
  async run({ args: { id }, options: { id: own = randomUUID(), outcome: said, note, ...options }, api, out }) {
    const { 'as-ordered': asOrdered, 'dry-run': dryRun } = options
    const scans = scansOf(options, own)
    const outcome = outcomes.find((one) => one === said)
    if (scans.length === 0 && !asOrdered && outcome === undefined)
      throw misuse('--scan, --file, --as-ordered or --outcome: say what arrived')
    const json = {
      id: own,
      asOrdered,
      dryRun,
      ...(scans.length === 0 ? {} : { scans }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(note === undefined ? {} : { note }),
    }
    const done = await parseResponse(api.api.v1.consignments[':id'].receipts.$post({ param: { id }, json }))
    const { consignment, results, takenOver } = done
    const repeated = results.filter(({ state }) => state === 'repeated').length
    const sentences = [
      `${countsSentence({ counted: results.length - repeated, repeated, refused: 0 })}.`,
      ...(takenOver === 0 ? [] : [`${counted(takenOver, 'line')} taken over as expected.`]),
      dryRun
        ? `${consignment.number} would be ${consignment.status}. Nothing was changed.`
        : `${consignment.number} is now ${consignment.status}; delivery ${done.position} is ${done.outcome ?? 'open'}.`,
    ]
    out.result(done, () => [sentences.join(' '), ...oddScans(results)].join('\n'))
  },
})
