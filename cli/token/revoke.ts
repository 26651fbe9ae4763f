import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Take a token back',
  details: 'From then on it opens nothing, and the sessions that it opened are over.',
  args: { token: 'The id of a token, as `consign token list` shows it' },
  options: { 'dry-run': flag('Only say which token it would be') },
  examples: [['token revoke 0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10', 'Shut the door for this token']],
  async run({ args: { token: id }, options: { 'dry-run': isDryRun }, api, out }) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      throw misuse('<token>: give the id of a token, as `consign token list` shows it')
    if (isDryRun) {
      const { data } = await parseResponse(api.api.v1.tokens.$get({ query: { limit: '500' } }))
      const found = data.find((token) => token.id === id)
      if (!found) throw misuse(`There is no token ${id}`)
      return out.result(found, () => `Would be taken back: ${found.name}.`)
    }
    const gone = await parseResponse(api.api.v1.tokens[':id'].$delete({ param: { id } }))
    out.result(gone, () => `Taken back: ${gone.name}.`)
  },
})
