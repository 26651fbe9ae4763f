import { parseResponse } from 'hono/client'
import { typeNamed, typeWords } from '../document-types.ts'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'
import { tierFields, tierOptions, tierWords } from './tier.options.ts'

export default command({
  group: 'tools',
  summary: 'Let a role approve up to a total',
  details: `Types: ${typeWords}. The narrowest tiers that hold a total are asked, the lowest limit first.`,
  args: { type: 'Of what, such as order' },
  options: { ...tierOptions, 'dry-run': flag('Only say whether it would be so') },
  examples: [['approval add-tier order --up-to 500 --role buyer', 'Small orders']],
  async run({ args: { type: given }, options: { 'dry-run': dryRun, ...options }, api, out }) {
    const {
      upTo,
      role,
      outletId = null,
      supplierId = null,
    } = { upTo: undefined, role: undefined, ...(await tierFields(api, options)) }
    if (upTo === undefined) throw misuse('--up-to is missing: an amount, or "none"')
    if (role === undefined) throw misuse('--role is missing: who approves it')
    const tier = { type: typeNamed(given, '<type>'), upTo, role, outletId, supplierId }
    const made = await parseResponse(api.api.v1['approval-rules'].tiers.$post({ json: { ...tier, dryRun } }))
    out.result(made, () => `${dryRun ? 'Would be so: ' : ''}${tierWords(tier)} (${made.id}).`)
  },
})
