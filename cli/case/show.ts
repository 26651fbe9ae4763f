import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { wholeCase } from './case.report.ts'

export default command({
  group: 'moving',
  summary: 'One case',
  args: { id: 'Its id' },
  options: {},
  examples: [['case show 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11', 'By its id']],
  async run({ args: { id }, api, out }) {
    const one = await parseResponse(api.api.v1.cases[':id'].$get({ param: { id } }))
    out.result(one, (screen) => wholeCase(screen, one))
  },
})
