import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { text } from '../options.ts'
import { given } from '../query.ts'
import { table } from '../table.ts'
import { oneLine } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'Daily lists, and how right outlets count',
  details: 'They are made at one in the night of each outlet; `consign stocktake today` makes one now.',
  args: {},
  options: { outlet: text('<name>', 'Only this outlet') },
  examples: [['stocktake daily', 'Who counts how right']],
  async run({ options: { outlet }, api, out }) {
    const daily = await parseResponse(
      api.api.v1['daily-counts'].$get({ query: given({ outletId: await outletNamed(api, outlet) }) }),
    )
    out.result(daily, (screen) => {
      const columns = [
        { title: 'Outlet' },
        { title: 'Name', gives: true },
        { title: 'Products', align: 'right' as const },
        { title: 'Right', align: 'right' as const },
        { title: 'Goal', align: 'right' as const },
        { title: 'Last list' },
      ]
      const rows = daily.data.map((one) => [
        one.outletId,
        oneLine(one.name ?? ''),
        one.on ? String(one.products) : 'off',
        one.accuracyPercent === null ? '' : `${one.accuracyPercent} %${one.isGoalMet ? '' : ' (!)'}`,
        `${one.goalPercent} %`,
        one.last === null ? '' : `${one.last.number} ${one.last.status}`,
      ])
      return table(screen, columns, rows)
    })
  },
})
