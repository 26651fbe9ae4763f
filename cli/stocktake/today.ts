import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: "Make an outlet's list of today now",
  details: 'If it is there already, that one is told.',
  args: { outlet: 'Its name or id' },
  options: { 'dry-run': flag('Only show what would be on it') },
  examples: [['stocktake today Hub --dry-run', 'What would be counted today, and why']],
  async run({ args: { outlet }, options: { 'dry-run': dryRun }, api, out }) {
    const door = api.api.v1['daily-counts'][':outletId'].lists
    const list = await parseResponse(
      door.$post({ param: { outletId: await outletNamed(api, outlet) }, json: { dryRun } }),
    )
    out.result(list, () =>
      [
        list.isNew
          ? `${dryRun ? 'Would be so: ' : ''}${list.picks.length} products for ${list.dailyOn}${dryRun ? '' : `: ${list.number}`}`
          : `The list of ${list.dailyOn} is ${list.number} (${list.status}).`,
        ...list.picks.map(({ productId, why }) => `${productId} ${why}`),
      ].join('\n'),
    )
  },
})
