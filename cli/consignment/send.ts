import { command } from '../command.ts'
import { accepting, takeOn } from './document.step.ts'

export default command({
  group: 'moving',
  summary: 'Send one on its way',
  details:
    'A transfer or return that is packed, or an approved order. What has become odd since the boxes were closed is told; `--accept` passes it.',
  args: { id: 'Its number or id' },
  options: accepting,
  examples: [
    ['consignment send TR-STK-202611-000123-61', 'The courier has it'],
    ['consignment send TR-STK-202611-000123-61 --accept stock_short', 'It was looked at'],
  ],
  run: ({ args: { id }, options, api, out }) => takeOn({ id, to: 'SENT', options, api, out }),
})
