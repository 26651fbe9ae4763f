import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Take a role back',
  details: 'Who has none left may do nothing any more; a new token is free again.',
  args: { grant: 'Its id, as `consign role grants` shows it' },
  options: { 'dry-run': flag('Only say which one it would be') },
  examples: [['role revoke 0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10', 'He no longer works there']],
  async run({ args: { grant: id }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) {
      const { data } = await parseResponse(api.api.v1['role-grants'].$get({ query: { limit: '500' } }))
      const found = data.find((one) => one.id === id)
      if (!found) throw misuse(`Nobody has a role by the id ${id}`)
      return out.result(found, () => `Would be so: ${found.actor} is no longer ${found.role}.`)
    }
    const gone = await parseResponse(api.api.v1['role-grants'][':id'].$delete({ param: { id } }))
    const where = gone.outletId === null ? 'everywhere' : `at ${gone.outletId}`
    out.result(gone, () => `${gone.actor} is no longer ${gone.role} ${where}.`)
  },
})
