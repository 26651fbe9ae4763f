import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { counted } from '../text.ts'
import { countDead, deadFilter } from './dead-letters.asking.ts'

export default command({
  group: 'sync',
  summary: 'Put dead letters back into the queue',
  details: 'One by --id, those of a kind by --type, or --all of them, a thousand at once. Who did it is in the audit.',
  args: {},
  options: {
    id: text('<id>', 'Only this one'),
    type: text('<kind>', 'Those of this kind'),
    all: flag('All of them'),
    'dry-run': flag('Only say how many there are'),
  },
  examples: [
    ['queue retry --type webhooks.process', 'Those of one kind'],
    ['queue retry --all', 'All of them'],
  ],
  async run({ options: { id, type: kind, all, 'dry-run': isDryRun }, api, out }) {
    const chosen = [id, kind, all || undefined].filter((one) => one !== undefined)
    if (chosen.length !== 1) throw misuse('Give one of --id, --type and --all')
    const letters = api.api.v1['dead-letters']
    if (isDryRun) {
      if (id !== undefined) await parseResponse(letters[':id'].$get({ param: { id } }))
      const would = id === undefined ? await countDead(api, kind) : 1
      return out.result({ would }, () => `${counted(would, 'dead letter')} would be put back.`)
    }
    const json = id === undefined ? deadFilter(kind) : { ids: [id] }
    const done =
      id === undefined
        ? await parseResponse(letters.retries.$post({ json }))
        : { left: 0, ...(await parseResponse(letters[':id'].retry.$post({ param: { id } }))) }
    out.result(done, () => {
      const more = done.left > 0 ? ' There are more: do it again.' : ''
      return `${counted(done.retried, 'dead letter')} put back.${more}`
    })
  },
})
