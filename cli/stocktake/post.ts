import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { gainReasons, lossReasons } from '#src/stocktakes/adjusting.rules.ts'
import { flag, misuse, text } from '../options.ts'
import { counted } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'Post a count as it was simulated',
  details: `Lightspeed is told each difference, and nothing else; it wants a reason with each: ${[...gainReasons, ...lossReasons].join(', ')}, or the id of one of your own.`,
  args: { id: 'Number or id of the count' },
  options: {
    digest: text('<digest>', 'What `consign stocktake simulate` said'),
    'gain-reason': text('<reason>', 'Where more was found (STOCK_FOUND)'),
    'loss-reason': text('<reason>', 'Where less was found (THEFT)'),
    'dry-run': flag('Only show what Lightspeed would be told'),
  },
  examples: [['stocktake post CT-STK-202611-4-18 --digest a5a5a5a5a5a5 --dry-run', 'What it would be told']],
  async run({ args: { id }, options, api, out }) {
    const { digest, 'gain-reason': gain, 'loss-reason': loss, 'dry-run': dryRun } = options
    if (digest === undefined) throw misuse('--digest is missing: simulate it first, and look at it')
    const json = {
      digest,
      dryRun,
      ...(gain === undefined ? {} : { gainReason: wordOf(gainReasons, gain) }),
      ...(loss === undefined ? {} : { lossReason: wordOf(lossReasons, loss) }),
    }
    const done = await parseResponse(api.api.v1.consignments[':id'].posting.$post({ param: { id }, json }))
    out.result(done, () => {
      const calls = done.requests.map((one) => `${one.method} ${one.path} (${one.body.stock_adjustments.length})`)
      const told = `${counted(done.changes, 'product')} put right, in ${counted(done.requests.length, 'request')}`
      const waits = done.waitsFor === null ? '' : ` It waits: ${done.waitsFor}.`
      return dryRun
        ? [`${told}. Nothing was posted. Lightspeed would be told:`, ...calls].join('\n')
        : `${done.number} is posted: ${told}. Lightspeed: ${done.lightspeed}.${waits}`
    })
  },
})

/** A word of Lightspeed's in capital letters, or an id as it is. */
function wordOf<Word extends string>(words: readonly Word[], given: string): Word | string {
  return words.find((word) => word === given.toUpperCase()) ?? given
}
