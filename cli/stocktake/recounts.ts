import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { recountLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'Second looks, or ask for some',
  details: 'Who has counted a line does not look at it again: somebody else does, with `consign stocktake recount`.',
  args: { id: 'Number or id of the count' },
  options: {
    ask: names('<id,…>', 'Have these lines counted again'),
    reason: text('<text>', 'Why it is so'),
    'dry-run': flag('With --ask: only show what it would be'),
  },
  examples: [['stocktake recounts CT-STK-202611-4-18', 'What is to be looked at again']],
  async run({ args: { id }, options: { ask, reason, 'dry-run': dryRun }, api, out }) {
    const { recounts } = api.api.v1.consignments[':id']
    if (ask === undefined && (dryRun || reason !== undefined)) throw misuse('--ask is missing: which lines')
    const why = reason === undefined ? {} : { reason }
    const shown = ask
      ? await parseResponse(recounts.$post({ param: { id }, json: { lineIds: ask, dryRun, ...why } }))
      : await parseResponse(recounts.$get({ param: { id } }))
    out.result(shown, (screen) => recountLines(screen, shown.recounts))
  },
})
