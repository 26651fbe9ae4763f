import { parseResponse } from 'hono/client'
import { boxText } from '#src/packing/labels.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'
import { boxNamed, weightOf } from './box.report.ts'

export default command({
  group: 'moving',
  summary: 'Label a box, or say what it weighs empty',
  args: { id: 'The transfer or return, by its number or id', box: 'The box, by its number or id' },
  options: {
    label: text('<text>', 'What is written on it'),
    tare: wholeNumber('<grams>', 'What the empty box weighs', [0, 2_000_000]),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['box edit TR-STK-202611-000123-61 2 --label Glass', 'Box 2 is labelled']],
  async run({ args: { id, box: name }, options: { label, tare, 'dry-run': dryRun }, api, out }) {
    if (label === undefined && tare === undefined) throw misuse('--label or --tare: say what is to change')
    const door = api.api.v1.consignments[':id'].boxes
    const { data } = await parseResponse(door.$get({ param: { id } }))
    const json = {
      dryRun,
      ...(label === undefined ? {} : { label }),
      ...(tare === undefined ? {} : { tareGrams: tare }),
    }
    const param = { id, boxId: boxNamed(data, name).id }
    const box = await parseResponse(door[':boxId'].$patch({ param, json }))
    const said = `${boxText(box)} "${box.label ?? ''}", ${weightOf(box)}`
    out.result(box, () => (dryRun ? `Would be ${said}` : said))
  },
})
