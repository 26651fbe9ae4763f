import { parseResponse } from 'hono/client'
import { boxLines, boxNamed, itemsOf, packedNotes, progressLines } from '../box/box.report.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Be the packer of one, and pack',
  details:
    'Takes the lock, puts items into the box (the last one, unless `--box` says which; `new` is one more), and shows how far it is. One packs at a time: `consign consignment lock` asks whoever does.',
  args: { id: 'The transfer or return, by its number or id' },
  options: {
    items: names('<code=quantity,…>', 'Put these in: SKUs and barcodes; without a quantity one'),
    box: text('<box>', 'Into this box, by its number or id, or new'),
    release: flag('Leave the lock afterwards'),
    'dry-run': flag('Change nothing, only show what it would be'),
  },
  examples: [
    ['consignment pack TR-STK-202611-000123-61', 'Begin, or see how far it is'],
    ['consignment pack TR-STK-202611-000123-61 --items TEA=4 --box new', 'Into one more box'],
  ],
  async run({ args: { id }, options: { items = [], box, release, 'dry-run': dryRun }, api, out }) {
    if (box !== undefined && items.length === 0) throw misuse('--box: say with --items what goes into it')
    const wish = { id, dryRun }
    const isBegun = await begin(api, wish)
    const packed = items.length > 0 && isBegun ? await put(api, wish, { items, box }) : null
    if (release && isBegun) await leave(api, wish)
    const door = api.api.v1.consignments[':id']
    const { number, status, lines } = await parseResponse(door.$get({ param: { id } }))
    const { data: boxes } = await parseResponse(door.boxes.$get({ param: { id } }))
    const told = { number, status, boxes, lines: lines.map(lineOf), packed }
    if (dryRun) out.say('Nothing was changed.')
    if (dryRun && !isBegun) out.say('It may be packed; what goes into boxes can be tried once it is begun.')
    out.result(told, (screen) => {
      const notes = packed === null ? [] : packedNotes(packed)
      return [`${number} (${status})`, progressLines(screen, told.lines), '', boxLines(screen, boxes), ...notes].join(
        '\n',
      )
    })
  },
})

type Wish = { id: string; dryRun: boolean }

/** From OPEN by the step, which makes one its packer; else by the lock. False where it was only tried and nobody packs it yet. */
async function begin(api: Client, { id, dryRun }: Wish): Promise<boolean> {
  const door = api.api.v1.consignments[':id']
  const param = { id }
  const { status } = await parseResponse(door.$get({ param }))
  if (status === 'OPEN') {
    await parseResponse(door.transitions.$post({ param, json: { to: 'PACKING', dryRun } }))
    return !dryRun
  }
  await parseResponse(door['pack-lock'].$put({ param, query: dryRun ? { dryRun: 'true' } : {} }))
  return true
}

async function put(api: Client, { id, dryRun }: Wish, { items, box }: { items: string[]; box: string | undefined }) {
  const door = api.api.v1.consignments[':id']
  const { lines } = await parseResponse(door.$get({ param: { id } }))
  const { data } = await parseResponse(door.boxes.$get({ param: { id } }))
  const isNew = box === 'new' || (box === undefined && data.length === 0)
  if (isNew && dryRun) return null
  const chosen = isNew
    ? await parseResponse(door.boxes.$post({ param: { id }, json: {} }))
    : boxNamed(data, box ?? String(data.length))
  const json = { items: itemsOf(items, lines), dryRun }
  return parseResponse(door.boxes[':boxId'].items.$post({ param: { id, boxId: chosen.id }, json }))
}

async function leave(api: Client, { id, dryRun }: Wish) {
  const query = dryRun ? { dryRun: 'true' as const } : {}
  await parseResponse(api.api.v1.consignments[':id']['pack-lock'].$delete({ param: { id }, query }))
}

type Line = { sku: string | null; productId: string; name: string | null; quantity: string; packed: string }

function lineOf({ sku, productId, name, quantity: planned, packed }: Line) {
  return { sku, productId, name, planned, packed }
}
