import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'How an outlet has its daily lists',
  args: { outlet: 'Its name or id' },
  options: {
    on: flag('It gets one every day'),
    off: flag('It gets none'),
    products: wholeNumber('<n>', 'So many products (20)', [1, 200]),
    goal: text('<percent>', 'How many of a hundred lines should be right (95)'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['stocktake setting Hub --products 30 --goal 98', 'Longer lists, and stricter']],
  async run({ args: { outlet }, options: { on, off, products, goal, 'dry-run': dryRun }, api, out }) {
    if (on && off) throw misuse('Give --on or --off')
    const json = {
      dryRun,
      ...(on || off ? { on } : {}),
      ...(products === undefined ? {} : { products }),
      ...(goal === undefined ? {} : { goalPercent: percentIn(goal) }),
    }
    const done = await parseResponse(
      api.api.v1['daily-counts'][':outletId'].$patch({ param: { outletId: await outletNamed(api, outlet) }, json }),
    )
    const lists = done.on ? `lists of ${done.products} products, goal ${done.goalPercent} %` : 'no daily lists'
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.name ?? done.outletId}: ${lists}.`)
  },
})

function percentIn(given: string): number {
  const percent = Number(given)
  if (/^\d+(\.\d)?$/.test(given) && percent <= 100) return percent
  throw misuse(`--goal: give a percentage such as 95 or 97.5, not "${given}"`)
}
