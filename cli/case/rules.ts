import { parseResponse } from 'hono/client'
import { ruledTypes } from '#src/cases/ruled.rules.ts'
import { kinds } from '#src/cases/variance.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'
import { oneOf } from '../query.ts'
import { table } from '../table.ts'

export default command({
  group: 'moving',
  summary: 'Who sees to new cases, and until when',
  details: `Without an option it shows all. With --type, --kind, --role and --days it says so anew, for cases that are opened from then on. Kinds: ${kinds.join(', ')}.`,
  args: {},
  options: {
    type: text('<type>', `Of ${ruledTypes.join(' or ')}`, oneOf(ruledTypes)),
    kind: text('<kind>', 'Of cases of this kind', oneOf(kinds)),
    role: text('<role>', 'Who sees to them'),
    days: wholeNumber('<n>', 'Within so many days', [1, 365]),
    sender: flag('Of a transfer: at the outlet that sent it'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['case rules --type OUTLET_TRANSFER --kind lost --role director --days 2', 'Lost goods']],
  async run({ options: { type: givenType, kind: givenKind, role, days, sender, 'dry-run': dryRun }, api, out }) {
    const [type, kind] = [ruledTypes.find((one) => one === givenType), kinds.find((one) => one === givenKind)]
    if (!type && !kind && role === undefined && days === undefined) {
      const all = await parseResponse(api.api.v1['case-rules'].$get())
      const titles = ['Type', 'Kind', 'Role', 'At', 'Days'].map((title) => ({ title }))
      const rows = all.data.map((one) => [one.type, one.kind, one.role, one.side, String(one.days)])
      out.result(all, (screen) => table(screen, titles, rows))
      return
    }
    if (!type || !kind || role === undefined || days === undefined)
      throw misuse('--type, --kind, --role and --days: give all four')
    const json = { role, days, side: sender ? ('source' as const) : ('outlet' as const), dryRun }
    const rule = await parseResponse(
      api.api.v1['case-rules'][':caseType'][':caseKind'].$put({ param: { caseType: type, caseKind: kind }, json }),
    )
    out.result(rule, () => {
      const would = dryRun ? 'Would be: ' : ''
      return `${would}${rule.kind} of ${rule.type}: ${rule.role} at the ${rule.side}, within ${rule.days} days`
    })
  },
})
