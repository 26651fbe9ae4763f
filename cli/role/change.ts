import { parseResponse } from 'hono/client'
import { rights } from '#src/people/rights.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Say what a role may do, or make a new one',
  details: `Rights: ${Object.keys(rights).join(', ')}.`,
  args: { role: 'Which, such as staff; an unknown one is made' },
  options: {
    rights: names('<a,b>', 'What it may do from now on, all of it'),
    reset: flag('Back to what it may do in a fresh Consign'),
    'dry-run': flag('Only say what it may do now, and would then'),
  },
  examples: [
    ['role change night_shift --rights consignments:read', 'Looks, and nothing else'],
    ['role change staff --reset', 'As it was'],
  ],
  async run({ args: { role }, options: { rights: wanted, reset, 'dry-run': isDryRun }, api, out }) {
    if ((wanted === undefined) !== reset) throw misuse('Give either --rights or --reset')
    if (isDryRun) {
      const { data } = await parseResponse(api.api.v1.roles.$get())
      const now = data.find((one) => one.role === role)
      const then = wanted?.join(', ') ?? 'what it may do in a fresh Consign'
      return out.result(
        { role, now: now?.rights ?? null, wanted: wanted ?? null },
        () => `Would be so: ${role}, now ${now?.rights.join(', ') ?? 'unknown'}; then ${then}.`,
      )
    }
    const one = api.api.v1.roles[':role']
    const param = { role }
    const done = await parseResponse(wanted ? one.$put({ param, json: { rights: wanted } }) : one.$delete({ param }))
    out.result(done, () => `${done.role} may now: ${done.rights.join(', ') || 'nothing'}.`)
  },
})
