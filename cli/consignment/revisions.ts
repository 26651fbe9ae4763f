import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { oneLine } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'What was amended after it was open, and why',
  args: { id: 'Its number or id' },
  options: {},
  examples: [['consignment revisions PO-STK-202611-000007-55', 'Who changed what']],
  async run({ args: { id }, api, out }) {
    const { data } = await parseResponse(api.api.v1.consignments[':id'].revisions.$get({ param: { id } }))
    out.result({ data }, ({ paint }) => {
      if (data.length === 0) return 'Nothing was changed since it was open.'
      const shown = data.map((one) => {
        const told = one.isForSupplier
          ? [one.toldAt === null ? 'the supplier is still to get it' : 'the supplier has it']
          : []
        return [
          `${paint('bold', `Revision ${one.number}`)} ${one.at.slice(0, 16)} ${one.actor}: ${oneLine(one.reason ?? 'no reason given')}`,
          ...one.changes.map((change) => `  ${oneLine(change)}`),
          ...totalWords(one.totalBefore, one.totalAfter),
          ...told.map((words) => `  ${words}`),
        ].join('\n')
      })
      return shown.join('\n')
    })
  },
})

type Money = { amount: string; currency: string } | null

function totalWords(before: Money, after: Money): string[] {
  if (before === null || after === null || before.amount === after.amount) return []
  return [`  total ${before.amount} → ${after.amount} ${after.currency}`]
}
