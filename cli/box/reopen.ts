import { command } from '../command.ts'
import { flag } from '../options.ts'
import { takeOn } from '../consignment/document.step.ts'

export default command({
  group: 'moving',
  summary: 'Open the boxes again, and pack on',
  args: { id: 'The transfer or return, by its number or id' },
  options: { 'dry-run': flag('Only say whether it is lawful') },
  examples: [['box reopen TR-STK-202611-000123-61', 'You are its packer then']],
  run: ({ args: { id }, options, api, out }) => takeOn({ id, to: 'PACKING', options, api, out }),
})
