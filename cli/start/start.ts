import { once } from 'node:events'
import manifest from '../../package.json' with { type: 'json' }
import { lonelyCommand, type Surroundings } from '../command.ts'
import type { RunningServer } from '../door.ts'
import type { Output } from '../output.ts'
import { banner } from './start.banner.ts'
import { firstSync } from './start.filling.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Start database and server, and fill the mirror',
  details:
    'Where no Lightspeed is set, a simulated retailer is started too. The first start fills the mirror; a later one goes ' +
    'on where the last stopped. Ctrl-C stops everything in order, a second Ctrl-C at once. With --json, one JSON value ' +
    'says when it is ready.',
  args: {},
  options: {},
  examples: [['start', 'The server at http://localhost:3000, or at HOST and PORT']],
  async run({ out, around }) {
    const { interrupted } = around
    out.say(`${out.aside.paint('bold', `Consign ${manifest.version}`)} is starting …`)
    await using server = await openPatiently(around, out)
    if (interrupted.aborted) return
    if (!out.isJson) out.result(undefined, (screen) => banner(server, screen))
    if (server.firstSync && server.lightspeed.state === 'connected') await firstSync(server.api, interrupted, out)
    if (!interrupted.aborted) {
      sayReady(server, out)
      await once(interrupted, 'abort')
    }
    out.say(stopping)
  },
})

const stopping = '\nStopping … (Ctrl-C again stops at once)'

/** What is half open cannot be left alone: Ctrl-C is heard at once, and obeyed when everything stands. */
async function openPatiently({ interrupted, openServer }: Surroundings, { say }: Output): Promise<RunningServer> {
  const hear = () => say(stopping)
  interrupted.addEventListener('abort', hear)
  try {
    return await openServer({ say })
  } finally {
    interrupted.removeEventListener('abort', hear)
  }
}

function sayReady({ url, lightspeed, adminTokenFile, newAdminToken }: RunningServer, out: Output) {
  out.result(
    { ready: true, url, lightspeed, adminTokenFile, newAdminToken },
    ({ paint }) => `\n${paint('green', 'Ready')}: ${url} (Ctrl-C stops everything)`,
  )
}
