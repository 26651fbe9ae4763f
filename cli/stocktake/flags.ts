import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { text } from '../options.ts'
import { given } from '../query.ts'
import { table } from '../table.ts'
import { oneLine } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'What somebody wants counted soon',
  args: {},
  options: { outlet: text('<name>', 'Only what is wanted there') },
  examples: [['stocktake flags', 'The newest first']],
  async run({ options: { outlet }, api, out }) {
    const flags = await parseResponse(
      api.api.v1['count-flags'].$get({ query: given({ outletId: await outletNamed(api, outlet) }) }),
    )
    out.result(flags, (screen) => {
      if (flags.data.length === 0) return 'There are none.'
      const columns = [
        { title: 'SKU' },
        { title: 'Name', gives: true },
        { title: 'Outlet' },
        { title: 'Why', gives: true },
        { title: 'Since' },
      ]
      const rows = flags.data.map((one) => [
        one.sku ?? one.productId,
        oneLine(one.name ?? ''),
        one.outletId ?? 'everywhere',
        oneLine(one.reason ?? ''),
        one.flaggedAt.slice(0, 10),
      ])
      return table(screen, columns, rows)
    })
  },
})
