import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'sync',
  summary: 'Mend the payload of a dead letter',
  details: 'What its kind could not do is refused, with the reason. Then: consign queue retry --id <id>.',
  args: { id: 'Which one: see consign queue view --dead' },
  options: {
    payload: text('<json>', 'What it is to do instead', (given) => (readJson(given) ? undefined : 'this is not JSON')),
    'dry-run': flag('Only show what it has now'),
  },
  examples: [['queue edit 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --dry-run', 'What it has now']],
  async run({ args: { id }, options: { payload, 'dry-run': isDryRun }, api, out }) {
    const letter = api.api.v1['dead-letters'][':id']
    const read = readJson(payload ?? '')
    if (!read && !isDryRun) throw misuse('--payload is missing: give what the job is to do, as JSON')
    const shown =
      read && !isDryRun
        ? await parseResponse(letter.$patch({ param: { id }, json: { payload: read.json } }))
        : await parseResponse(letter.$get({ param: { id } }))
    out.result(shown, () => JSON.stringify(shown.payload, null, 2))
  },
})

function readJson(typed: string): { json: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(typed)
    return { json }
  } catch {
    return undefined
  }
}
