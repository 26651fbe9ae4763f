import { once } from 'node:events'
import manifest from '../../package.json' with { type: 'json' }
import { lonelyCommand } from '../command.ts'
import { firstSync } from './start.first-sync.ts'
import { banner } from './start.banner.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Start database and server, and fill the mirror',
  details:
    'Where no Lightspeed is set, a simulated retailer is started too. The first start fills the mirror; a later one goes ' +
    'on where the last stopped. Ctrl-C stops everything in order, a ' +
    'second Ctrl-C at once. With --json, one JSON value says when it is ready.',
  args: {},
  options: {},
  examples: [['start', 'The server at http://localhost:3000, or at HOST and PORT']],
  async run({ out, around: { interrupted, openServer } }) {
    out.say(`${out.aside.paint('bold', `Consign ${manifest.version}`)} is starting …`)
    await using server = await openServer({ say: out.say })
    const { url, lightspeed, adminTokenFile, newAdminToken } = server
    if (!out.isJson) out.result(undefined, (screen) => banner(server, screen))
    if (server.firstSync && lightspeed.state === 'connected') await firstSync(server.api, interrupted, out)
    if (!interrupted.aborted) {
      out.result(
        { ready: true, url, lightspeed, adminTokenFile, newAdminToken },
        ({ paint }) => `\n${paint('green', 'Ready')}: ${url} (Ctrl-C stops everything)`,
      )
      await aborted(interrupted)
    }
    out.say('\nStopping … (Ctrl-C again stops at once)')
  },
})

async function aborted(signal: AbortSignal) {
  if (!signal.aborted) await once(signal, 'abort')
}
