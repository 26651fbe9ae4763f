import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { scopeLines } from './count.report.ts'

export default command({
  group: 'moving',
  summary: 'What a count is about, and how far it is',
  args: { id: 'Its number or id' },
  options: {},
  examples: [['stocktake show CT-STK-202611-4-18', 'How far it is']],
  async run({ args: { id }, api, out }) {
    const one = api.api.v1.consignments[':id']
    const scope = await parseResponse(one.scope.$get({ param: { id } }))
    const { progress, undirected } = await parseResponse(one.counts.$get({ param: { id }, query: { limit: '1' } }))
    out.result({ ...scope, progress, undirected }, () =>
      [
        scopeLines(scope),
        `${progress.counted} of ${progress.lines} counted, ${progress.uncounted} to count or decide about`,
        ...(undirected.length === 0 ? [] : [`${undirected.length} were counted beside the set`]),
      ].join('\n'),
    )
  },
})
