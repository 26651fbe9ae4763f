import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Say or see under which number a courier has it',
  args: { id: 'Its number or id' },
  options: {
    reference: text('<number>', 'The courier’s number'),
    carrier: text('<name>', 'Which courier, as his webhooks come in; without it any'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['consignment track TR-STK-202611-000123-61 --reference NZP-7', 'Sent when he has picked it up']],
  async run({ args: { id }, options: { reference, carrier, 'dry-run': dryRun }, api, out }) {
    if (reference === undefined) {
      if (carrier !== undefined) throw misuse('--reference is missing: give the courier’s number')
      const known = await parseResponse(api.api.v1.consignments[':id'].tracking.$get({ param: { id } }))
      out.result(known, () => trackingWords(known))
      return
    }
    const json = { reference, dryRun, ...(carrier === undefined ? {} : { carrier }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].tracking.$post({ param: { id }, json }))
    const numbers = done.tracking.map((one) => one.reference).join(', ')
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.number} goes by ${numbers}.`)
  },
})

type Tracked = {
  number: string
  tracking: readonly { carrier: string | null; reference: string }[]
  pickedUp: readonly { carrier: string; reference: string; at: string }[]
}

function trackingWords({ number, tracking, pickedUp }: Tracked): string {
  if (tracking.length === 0 && pickedUp.length === 0) return `No courier has ${number}, as far as anybody said.`
  return [
    `${number} goes by ${tracking.map(({ carrier, reference }) => `${reference}${carrier === null ? '' : ` (${carrier})`}`).join(', ') || 'its own number'}.`,
    ...pickedUp.map(({ carrier, reference, at }) => `Picked up by ${carrier} as ${reference} at ${at.slice(0, 16)}`),
  ].join('\n')
}
