import { parseResponse } from 'hono/client'
import { boxText } from '#src/packing/labels.rules.ts'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { counted } from '../text.ts'
import { boxNamed } from './box.report.ts'

export default command({
  group: 'moving',
  summary: 'Take a box away, and what was in it out',
  args: { id: 'The transfer or return, by its number or id', box: 'The box, by its number or id' },
  options: { 'dry-run': flag('Only show what would be left') },
  examples: [['box remove TR-STK-202611-000123-61 2', 'What was in box 2 is not packed any more']],
  async run({ args: { id, box: name }, options: { 'dry-run': dryRun }, api, out }) {
    const door = api.api.v1.consignments[':id'].boxes
    const { data } = await parseResponse(door.$get({ param: { id } }))
    const box = boxNamed(data, name)
    const query = dryRun ? { dryRun: 'true' as const } : {}
    const left = await parseResponse(door[':boxId'].$delete({ param: { id, boxId: box.id }, query }))
    const rest = counted(left.totals.boxes, 'box', 'boxes')
    out.result(left, () =>
      dryRun ? `Without ${boxText(box)}, ${rest} would be left.` : `${boxText(box)} is gone; ${rest} left.`,
    )
  },
})
