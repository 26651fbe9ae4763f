import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, time } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Say who sees to a case, and until when',
  args: { id: 'Its id' },
  options: {
    owner: text('<who>', 'A role such as role:store_manager, or the id of somebody'),
    at: text('<outlet>', 'Of a role: at which outlet of the document'),
    due: time('Until when'),
    note: text('<text>', 'What there is to know'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['case assign 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --owner role:buyer', 'The buyer sees to it']],
  async run({ args: { id }, options: { owner, at, due, note, 'dry-run': dryRun }, api, out }) {
    const json = {
      dryRun,
      ...(owner === undefined ? {} : { owner }),
      ...(at === undefined ? {} : { ownerOutletId: at }),
      ...(due === undefined ? {} : { dueAt: due }),
      ...(note === undefined ? {} : { note }),
    }
    const done = await parseResponse(api.api.v1.cases[':id'].$patch({ param: { id }, json }))
    const until = done.dueAt === null ? '' : `, until ${done.dueAt.slice(0, 10)}`
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.owner ?? 'Nobody'} sees to it${until}.`)
  },
})
