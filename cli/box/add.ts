import { parseResponse } from 'hono/client'
import { boxText } from '#src/packing/labels.rules.ts'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Take one more box',
  details: 'Only its packer: `consign consignment pack` takes the lock.',
  args: { id: 'The transfer or return, by its number or id' },
  options: {
    label: text('<text>', 'What is written on it'),
    tare: wholeNumber('<grams>', 'What the empty box weighs', [0, 2_000_000]),
    request: text('<uuid>', 'An id of your own: asked again with it, no second box is made'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['box add TR-STK-202611-000123-61 --label Glass --tare 400', 'A box of 400 g']],
  async run({ args: { id }, options: { label, tare, request, 'dry-run': dryRun }, api, out }) {
    const json = {
      dryRun,
      ...(label === undefined ? {} : { label }),
      ...(tare === undefined ? {} : { tareGrams: tare }),
      ...(request === undefined ? {} : { id: request }),
    }
    const box = await parseResponse(api.api.v1.consignments[':id'].boxes.$post({ param: { id }, json }))
    out.result(box, () => `${dryRun ? 'Would be' : 'This is'} ${boxText(box)}${dryRun ? '' : `: ${box.id}`}`)
  },
})
