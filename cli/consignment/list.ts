import { parseResponse } from 'hono/client'
import { approvals, statuses } from '#src/consignments/lifecycle.rules.ts'
import { command } from '../command.ts'
import { typeOption } from '../document-types.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { text, time, wholeNumber } from '../options.ts'
import { given, oneOf } from '../query.ts'
import { listLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Orders, transfers, returns, counts',
  args: {},
  options: {
    type: typeOption(),
    status: text('<a,b>', `Only these: ${statuses.join(', ')}`),
    approval: text('<state>', `Only ${approvals.join(', ')}`, oneOf(approvals)),
    outlet: text('<name>', 'Only what arrives there'),
    from: text('<name>', 'Only what comes from there'),
    supplier: text('<name>', 'Only of this supplier'),
    reference: text('<text>', 'Only with this reference'),
    since: time('Only made since then'),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [['consignment list --status SENT,PARTIAL', 'What is under way']],
  async run({ options: { outlet, from, supplier, limit = 20, ...rest }, api, out }) {
    const { type, status, approval, reference, since, after } = rest
    const ends = {
      outletId: await outletNamed(api, outlet),
      sourceOutletId: await outletNamed(api, from),
      supplierId: await supplierNamed(api, supplier),
    }
    const query = {
      ...given({ type, status, approval, ...ends, reference, since, after }),
      limit: String(limit),
    }
    const page = await parseResponse(api.api.v1.consignments.$get({ query }))
    out.result(page, (screen) => {
      if (page.data.length === 0) return 'There are none.'
      const more = page.next === null ? [] : ['', `There are more: consign consignment list --after ${page.next}`]
      return [listLines(screen, page.data), ...more].join('\n')
    })
  },
})
