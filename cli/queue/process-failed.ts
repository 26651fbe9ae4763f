import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { counted } from '../text.ts'
import { countDead, deadFilter } from './dead-letters.asking.ts'

export default command({
  group: 'sync',
  summary: 'Put dead letters back, and do them now',
  details: 'The oldest first. Exit code 1 when one of them failed again.',
  args: {},
  options: {
    limit: wholeNumber('<n>', 'So many at the most (100)', [1, 1000]),
    type: text('<kind>', 'Only this kind, such as webhooks.process'),
    'dry-run': flag('Only say how many there are'),
  },
  examples: [['queue process-failed --limit 10', 'Try ten of them again']],
  async run({ options: { limit = 100, type: kind, 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) {
      const dead = await countDead(api, kind)
      return out.result({ dead, limit }, () => `${counted(Math.min(dead, limit), 'dead letter')} would be tried again.`)
    }
    const { retried } = await parseResponse(
      api.api.v1['dead-letters'].retries.$post({ json: { ...deadFilter(kind), limit } }),
    )
    if (retried === 0) return out.result({ retried, done: 0, failed: 0, putOff: 0 }, () => 'There are no dead letters.')
    const json = { batch: retried, ...(kind === undefined ? {} : { kind }) }
    const { done, failed, putOff } = await parseResponse(api.api.v1.jobs.processing.$post({ json }))
    out.result({ retried, done, failed, putOff }, () => {
      const taken = done + failed + putOff < retried ? '; a worker does the others' : ''
      return `${counted(retried, 'dead letter')} put back: ${done} done, ${failed} failed, ${putOff} put off${taken}.`
    })
    return failed > 0 ? exitCodes.failed : exitCodes.done
  },
})
