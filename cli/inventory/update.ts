import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wishReport } from '../writing.ts'
import { placeIn, placeOptions } from './place.options.ts'

export default command({
  group: 'looking',
  summary: 'Have stock brought to so many',
  details:
    'When its turn comes Lightspeed is asked what lies there, and the stock is changed by the difference, once: `consign queue writes` shows how far it came.',
  args: {},
  options: {
    ...placeOptions,
    quantity: text('<n>', 'How many are to lie there'),
    'dry-run': flag('Only show what would be sent, by what the mirror knows'),
  },
  examples: [['inventory update --code 9421902960123 --outlet Hill --quantity 12', 'Twelve are there']],
  async run({ options, api, out }) {
    const { quantity, 'dry-run': dryRun } = options
    if (quantity === undefined) throw misuse('--quantity is missing: how many are to lie there')
    const asked = await parseResponse(
      api.api.v1.inventory.levels.$post({ json: { ...(await placeIn(api, options)), quantity, dryRun } }),
    )
    out.result(asked, () => wishReport(asked))
  },
})
