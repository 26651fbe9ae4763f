import { command } from '../command.ts'
import { accepting, takeOn } from '../consignment/document.step.ts'

export default command({
  group: 'moving',
  summary: 'Close the boxes',
  details:
    'What is odd is told and hinders nothing: `--accept` passes it by its code, and it is kept who did. Nothing in a box: what is planned goes as it is.',
  args: { id: 'The transfer or return, by its number or id' },
  options: accepting,
  examples: [
    ['box seal TR-STK-202611-000123-61 --dry-run', 'What would be odd?'],
    ['box seal TR-STK-202611-000123-61 --accept line_not_packed', 'One line does not go'],
  ],
  run: ({ args: { id }, options, api, out }) => takeOn({ id, to: 'PACKAGED', options, api, out }),
})
