import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { mayBecome } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'What may be done with one, what is odd',
  args: { id: 'Its number or id' },
  options: {},
  examples: [['consignment validate TR-STK-202611-000123-61', 'Before it is sent']],
  async run({ args: { id }, api, out }) {
    const found = await parseResponse(api.api.v1.consignments[':id'].validation.$get({ param: { id } }))
    out.result(found, ({ paint }) =>
      [
        `${paint('bold', found.number)} ${found.statusLabel} (${found.status})`,
        mayBecome(found.allowed),
        ...found.hindered.map(({ label, to, because }) => `${paint('red', '✗')} ${label} (${to}): ${because}`),
        ...found.warnings.map(({ message }) => `${paint('yellow', '!')} ${message}`),
        ...(found.warnings.length === 0 ? ['Nothing is odd about it.'] : []),
      ].join('\n'),
    )
  },
})
