import { parseResponse } from 'hono/client'
import { readChange } from '#src/inventory/rows.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wishReport } from '../writing.ts'
import { placeIn, placeOptions } from './place.options.ts'

export default command({
  group: 'looking',
  summary: 'Have stock changed by so many',
  details: 'It is done in Lightspeed by a job, once, and read back: `consign queue writes` shows how far it came.',
  args: {},
  options: {
    ...placeOptions,
    adjustment: text('<n>', 'By how many, such as -3 or 2.5', (given) => {
      const read = readChange(given)
      return 'wrong' in read ? read.wrong : undefined
    }),
    'dry-run': flag('Only show what would be sent'),
  },
  examples: [['inventory adjust --code TEA --outlet Hill --adjustment=-3', 'Three are lost']],
  async run({ options, api, out }) {
    const { adjustment, 'dry-run': dryRun } = options
    if (adjustment === undefined) throw misuse('--adjustment is missing: by how many')
    const json = { ...(await placeIn(api, options)), quantity: adjustment, dryRun }
    const asked = await parseResponse(api.api.v1.inventory.adjustments.$post({ json }))
    out.result(asked, () => wishReport(asked))
  },
})
