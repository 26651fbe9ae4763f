import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'tools',
  summary: 'Remove a job, or a dead letter, for good',
  details: 'The reason is kept in the audit, with what it was. A job that runs just now cannot be removed.',
  args: { id: 'Which one: see consign queue view' },
  options: {
    dead: flag('It is a dead letter'),
    reason: text('<words>', 'Why, for the audit'),
    'dry-run': flag('Only show it'),
  },
  examples: [[`queue delete 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --dead --reason gone`, 'A dead letter']],
  async run({ args: { id }, options: { dead, reason, 'dry-run': isDryRun }, api, out }) {
    const { jobs, 'dead-letters': letters } = api.api.v1
    const param = { id }
    const one = dead
      ? await parseResponse(letters[':id'].$get({ param }))
      : await parseResponse(jobs[':id'].$get({ param }))
    const name = `${one.kind ?? 'a job'} ${id}`
    if (isDryRun) return out.result(one, () => `${name} would be removed.`)
    if (reason === undefined) throw misuse('--reason is missing: say why, for the audit')
    const asked = { param, json: { reason } }
    const deleted = await parseResponse(dead ? letters[':id'].$delete(asked) : jobs[':id'].$delete(asked))
    return out.result(deleted, () => `${name} removed.`)
  },
})
