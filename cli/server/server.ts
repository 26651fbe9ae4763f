import { once } from 'node:events'
import { lonelyCommand } from '../command.ts'
import { banner } from '../start/start.banner.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Start the server, and leave the work to workers',
  details:
    'Answers the API, the pages and the webhooks. Syncs and jobs are done by `consign worker`, elsewhere or beside it.',
  args: {},
  options: {},
  examples: [['server', 'The server at http://localhost:3000, or at HOST and PORT']],
  async run({ out, around: { interrupted, openServer } }) {
    await using server = await openServer({ say: out.say, works: false })
    const { url, lightspeed, adminTokenFile, newAdminToken } = server
    out.result({ ready: true, url, lightspeed, adminTokenFile, newAdminToken }, (screen) =>
      [banner(server, screen), `\n${screen.paint('green', 'Ready')}: ${url} (Ctrl-C stops everything)`].join('\n'),
    )
    if (!interrupted.aborted) await once(interrupted, 'abort')
    out.say('Stopping … (Ctrl-C again stops at once)')
  },
})
