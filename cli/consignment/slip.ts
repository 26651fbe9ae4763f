import { parseResponse } from 'hono/client'
import { boxLines } from '../box/box.report.ts'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import type { Screen } from '../screen.ts'
import { oneLine } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'The packing slip, or the labels of the boxes',
  args: { id: 'The transfer or return, by its number or id' },
  options: { labels: flag('What stands on the label of each box') },
  examples: [
    ['consignment slip TR-STK-202611-000123-61', 'What goes into the parcel'],
    ['consignment slip TR-STK-202611-000123-61 --labels', 'One label a box'],
  ],
  async run({ args: { id }, options: { labels }, api, out }) {
    const slip = await parseResponse(api.api.v1.consignments[':id']['packing-slip'].$get({ param: { id } }))
    if (labels) out.result(slip.labels, (screen) => slip.labels.map((one) => labelText(screen, one)).join('\n\n'))
    else
      out.result(slip, (screen) =>
        [
          `${screen.paint('bold', slip.number)} (${slip.status})`,
          `From ${placeText(slip.from)}`,
          `To   ${placeText(slip.to)}`,
          ...(slip.reference === null ? [] : [`Reference ${oneLine(slip.reference)}`]),
          ...(slip.note === null ? [] : [oneLine(slip.note)]),
          '',
          boxLines(screen, slip.boxes),
          '',
          `${slip.totals.quantity} pieces in ${slip.totals.boxes} boxes, ${slip.totals.weightGrams} g`,
        ].join('\n'),
      )
  },
})

type Label = {
  text: string
  destination: string | null
  address: readonly string[]
  from: string | null
  document: string
  label: string | null
  weightGrams: number
  isWeightGuessed: boolean
}

function labelText(screen: Screen, one: Label): string {
  const about = one.label === null ? '' : ` (${oneLine(one.label)})`
  return [
    screen.paint('bold', oneLine(one.destination ?? '').toUpperCase()),
    ...one.address.map(oneLine),
    `${one.text}${about}, ${one.isWeightGuessed ? 'about ' : ''}${one.weightGrams} g`,
    `${one.document} from ${oneLine(one.from ?? '')}`,
  ].join('\n')
}

function placeText({ name, lines }: { name: string | null; lines: readonly string[] }): string {
  return [name ?? '', ...lines].map(oneLine).join(', ')
}
