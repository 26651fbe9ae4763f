import { command } from '../command.ts'
import { misuse } from '../options.ts'
import { viewOn } from './run.view.ts'
import { concludeRun, watchRun } from './run.watch.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export default command({
  group: 'sync',
  summary: 'Watch a sync, or see what it came to',
  args: { run: 'The id of the sync, as `consign sync` says it on Ctrl-C, or as `audit sync-status --json` has it' },
  options: {},
  examples: [['sync follow 0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10', 'Watch that sync until it is finished']],
  caresForCtrlC: true,
  async run({ args: { run: id }, api, url, interrupted, out }) {
    if (!uuid.test(id))
      throw misuse(`<run>: give the id of a sync, such as 0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10, not "${id}"`)
    return concludeRun(await watchRun({ api, id, view: viewOn(out.aside), interrupted }), out, url)
  },
})
