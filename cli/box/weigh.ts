import { parseResponse } from 'hono/client'
import { boxText } from '#src/packing/labels.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, wholeNumber } from '../options.ts'
import { boxNamed, weightOf } from './box.report.ts'

export default command({
  group: 'moving',
  summary: 'Say what a box weighs on the scales',
  details: 'Also when the boxes are closed. What the scales say counts instead of what is computed.',
  args: { id: 'The transfer or return, by its number or id', box: 'The box, by its number or id' },
  options: {
    grams: wholeNumber('<n>', 'What the scales say', [0, 2_000_000]),
    forget: flag('Compute it again'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['box weigh TR-STK-202611-000123-61 2 --grams 7250', 'Box 2 weighs 7.25 kg']],
  async run({ args: { id, box: name }, options: { grams, forget, 'dry-run': dryRun }, api, out }) {
    if ((grams === undefined) !== forget) throw misuse('--grams or --forget: give one of the two')
    const door = api.api.v1.consignments[':id'].boxes
    const { data } = await parseResponse(door.$get({ param: { id } }))
    const param = { id, boxId: boxNamed(data, name).id }
    const box = await parseResponse(door[':boxId'].$patch({ param, json: { weightGrams: grams ?? null, dryRun } }))
    out.result(box, () => `${boxText(box)}${dryRun ? ' would weigh' : ' weighs'} ${weightOf(box)}`)
  },
})
