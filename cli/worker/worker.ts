import { once } from 'node:events'
import { lonelyCommand } from '../command.ts'
import { wholeNumber } from '../options.ts'
import { counted } from '../text.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Do jobs and syncs beside a server',
  details:
    'As many processes and machines as wanted. Needs DATABASE_URL, or a server that runs on the same data folder, and a Lightspeed in the settings. Ctrl-C lets ' +
    'running jobs finish, gives back what does not finish in 20 s, and takes no new ones.',
  args: {},
  options: { workers: wholeNumber('<n>', 'Jobs at the same time (WORKERS, 8)', [1, 100]) },
  examples: [
    ['worker', 'Eight jobs at the same time'],
    ['worker --workers 20', 'Twenty'],
  ],
  async run({ options: { workers }, out, around: { interrupted, openWorker } }) {
    await using working = await openWorker({ say: out.say, workers })
    out.result(
      { working: true, workers: working.workers },
      () => `Ready for ${counted(working.workers, 'job')} at a time`,
    )
    if (!interrupted.aborted) await once(interrupted, 'abort')
    out.say('Stopping … (Ctrl-C again stops at once)')
  },
})
