import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { counted } from '../text.ts'

export default command({
  group: 'sync',
  summary: 'Do waiting jobs now',
  details: 'For where no worker runs, or to hurry one. Exit code 1 when one of them failed.',
  args: {},
  options: {
    batch: wholeNumber('<n>', 'So many at the most (100)', [1, 1000]),
    type: text('<kind>', 'Only this kind, such as webhooks.process'),
    'dry-run': flag('Only say how many wait'),
  },
  examples: [['queue process --batch 500', 'Five hundred at the most']],
  async run({ options: { batch = 100, type: kind, 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) {
      const { kinds } = await parseResponse(api.api.v1.jobs.stats.$get())
      const shown = kinds.filter((one) => kind === undefined || one.kind === kind)
      const waiting = shown.reduce((sum, one) => sum + one.waiting, 0)
      return out.result({ waiting, batch }, () => `${counted(Math.min(waiting, batch), 'job')} would be done.`)
    }
    const json = { batch, ...(kind === undefined ? {} : { kind }) }
    const ended = await parseResponse(api.api.v1.jobs.processing.$post({ json }))
    const { done, failed, putOff } = ended
    out.result(ended, () => `${counted(done, 'job')} done, ${failed} failed, ${putOff} put off.`)
    return failed > 0 ? exitCodes.failed : exitCodes.done
  },
})
