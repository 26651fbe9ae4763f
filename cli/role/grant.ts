import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { outletNamed } from '../naming.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Give somebody a role, at an outlet or everywhere',
  details:
    'Who was ever given a role may from then on do only what his roles give, where they give it, and never more than the rights of his token.',
  args: { actor: 'Whom: token:<id>, with the id that `consign token list` shows' },
  options: {
    role: text('<role>', 'Which, as `consign role list` shows them'),
    outlet: text('<name>', 'At this outlet; without it everywhere'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['role grant token:0b9d7e0a… --role staff --outlet harbour', 'Packs and receives there']],
  async run({ args: { actor }, options: { role, outlet, 'dry-run': dryRun }, api, out }) {
    if (role === undefined) throw misuse('--role is missing: give one that `consign role list` shows')
    const outletId = await outletNamed(api, outlet)
    const json = { actor, role, dryRun, ...(outletId === undefined ? {} : { outletId }) }
    const done = await parseResponse(api.api.v1['role-grants'].$post({ json }))
    const where = done.outletId === null ? 'everywhere' : `at ${done.outletId}`
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.actor} is ${done.role} ${where}.`)
  },
})
