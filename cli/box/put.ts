import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names } from '../options.ts'
import { boxLines, boxNamed, itemsOf, packedNotes } from './box.report.ts'

export default command({
  group: 'moving',
  summary: 'Put goods into a box, or say how many are in it',
  details:
    'Codes are SKUs and barcodes, as a scanner types them; `<code>` alone is one. What is more than planned is packed, and said.',
  args: { id: 'The transfer or return, by its number or id', box: 'The box, by its number or id' },
  options: {
    items: names('<code=quantity,…>', 'Put these in too'),
    set: names('<line=quantity,…>', 'So many of a line are in it; 0 takes it out'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [
    ['box put TR-STK-202611-000123-61 2 --items TEA=4,9415767042012', 'Four teas, and a scan'],
    ['box put TR-STK-202611-000123-61 2 --set TEA=3', 'Three teas are in it'],
  ],
  async run({ args: { id, box: name }, options: { items = [], set = [], 'dry-run': dryRun }, api, out }) {
    if ((items.length === 0) === (set.length === 0)) throw misuse('--items or --set: give one of the two')
    const door = api.api.v1.consignments[':id']
    const { lines } = await parseResponse(door.$get({ param: { id } }))
    const { data } = await parseResponse(door.boxes.$get({ param: { id } }))
    const param = { id, boxId: boxNamed(data, name).id }
    const inBox = door.boxes[':boxId'].items
    if (dryRun) out.say('Nothing was packed. It would be:')
    if (items.length > 0) {
      const done = await parseResponse(inBox.$post({ param, json: { items: itemsOf(items, lines), dryRun } }))
      out.result(done, (screen) => [boxLines(screen, [done.box]), ...packedNotes(done)].join('\n'))
      return
    }
    const wished = set.map((given) => wishOf(given, lines))
    const sets = await Array.fromAsync(wished, ({ lineId, quantity }) =>
      parseResponse(inBox[':lineId'].$put({ param: { ...param, lineId }, json: { quantity, dryRun } })),
    )
    out.result(sets, (screen) => {
      const last = sets.at(-1)
      const notes = sets.flatMap(({ warnings }) => packedNotes({ results: [], warnings }))
      return [...(last ? [boxLines(screen, [last.box])] : []), ...notes].join('\n')
    })
  },
})

function wishOf(given: string, lines: readonly { id: string; productId: string; sku: string | null }[]) {
  const [, word = '', quantity = ''] = /^(.+)=([^=]+)$/.exec(given) ?? []
  const line = lines.find((one) => [one.id, one.productId, one.sku].includes(word))
  if (line) return { lineId: line.id, quantity }
  throw misuse(`--set: give <line>=<quantity>, a line by its id, product or SKU, not "${given}"`)
}
