import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { scopeLines } from './count.report.ts'
import { scopeOf, scopeOptions } from './scope.options.ts'

export default command({
  group: 'moving',
  summary: 'What a count is about, or say it anew',
  details: 'Without options it only shows. What is said replaces all that was said before, and only of a draft.',
  args: { id: 'Its number or id' },
  options: { ...scopeOptions, 'dry-run': flag('Only say how many products that would be') },
  examples: [
    ['stocktake scope CT-STK-202611-4-18', 'What it is about'],
    ['stocktake scope CT-STK-202611-4-18 --filter tag=ID --dry-run', 'How many have that tag'],
  ],
  async run({ args: { id }, options: { 'dry-run': dryRun, ...typed }, api, out }) {
    const { scope } = api.api.v1.consignments[':id']
    const wish = scopeOf(typed)
    const param = { id }
    const shown = wish
      ? await parseResponse(scope.$put({ param, json: { ...wish, dryRun } }))
      : await parseResponse(scope.$get({ param }))
    out.result(shown, () => `${dryRun ? 'Would be so: ' : ''}${scopeLines(shown)}`)
  },
})
