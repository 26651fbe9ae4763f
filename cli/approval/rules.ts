import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'

const tierColumns: Column[] = [
  { title: 'Tier' },
  { title: 'Type' },
  { title: 'Up to', align: 'right' },
  { title: 'Role' },
  { title: 'Only', gives: true },
  { title: 'Counts' },
]
const delegationColumns: Column[] = [
  { title: 'Delegation' },
  { title: 'In the place of', gives: true },
  { title: 'Decides', gives: true },
  { title: 'From' },
  { title: 'Until' },
]

export default command({
  group: 'tools',
  summary: 'Who approves what',
  args: {},
  options: {},
  examples: [['approval rules', 'Tiers, delegations, and one’s own orders']],
  async run({ api, out }) {
    const rules = await parseResponse(api.api.v1['approval-rules'].$get())
    out.result(rules, (screen) => {
      const tiers = rules.tiers.map((one) => [
        one.id,
        one.type,
        one.upTo ?? 'without limit',
        one.role,
        [one.outletId, one.supplierId].filter((id) => id !== null).join(', '),
        one.isOn ? 'yes' : 'no',
      ])
      const delegations = rules.delegations.map((one) => [
        one.id,
        one.from,
        one.to,
        one.startsAt.slice(0, 16),
        one.endsAt.slice(0, 16),
      ])
      return [
        table(screen, tierColumns, tiers),
        '',
        ...(delegations.length === 0
          ? ['Nobody stands in for anybody.']
          : [table(screen, delegationColumns, delegations)]),
        '',
        rules.ownAllowed ? 'Who may approve a total may approve his own.' : 'Nobody approves his own.',
      ].join('\n')
    })
  },
})
