import { parseResponse } from 'hono/client'
import { rights } from '#src/people/rights.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, wholeNumber } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Make a token for a program or a person',
  details: `The token is printed once; only its hash is kept. Rights: ${Object.keys(rights).join(', ')}.`,
  args: { name: 'What it is for, such as stock-report' },
  options: {
    scope: names('<a,b>', 'Rights of the token, such as sync:read,mirror:read; * for all'),
    days: wholeNumber('<n>', 'Good for so many days; without it until it is taken back', [1, 3650]),
    'dry-run': flag('Only say what would be made'),
  },
  examples: [
    ['token create stock-report --scope mirror:read --days 90', 'May only look at the mirror, for three months'],
  ],
  async run({ args: { name }, options: { scope: scopes, days, 'dry-run': isDryRun }, api, out }) {
    if (!scopes) throw misuse('--scope is missing: name the rights of the token, such as --scope mirror:read')
    const expiresAt = days === undefined ? null : new Date(Date.now() + days * 86_400_000).toISOString()
    const wish = { name, scopes, expiresAt }
    const end = expiresAt === null ? 'until it is taken back' : `until ${expiresAt.slice(0, 10)}`
    if (isDryRun) return out.result(wish, () => `Would be made: ${name} (${scopes.join(', ')}), good ${end}.`)
    const made = await parseResponse(api.api.v1.tokens.$post({ json: wish }))
    out.say(`${made.name} (${made.scopes.join(', ')}), good ${end}. It is not shown again:`)
    out.result(made, () => made.token)
  },
})
