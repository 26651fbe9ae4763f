import type { RunningServer } from '../door.ts'
import type { Screen } from '../screen.ts'
import { pad, wrap } from '../text.ts'

const widest = 80

/** What a person needs to know of a server that has just been started. */
export function banner(server: Omit<RunningServer, 'api' | typeof Symbol.asyncDispose>, screen: Screen): string {
  const { lightspeed, url, adminTokenFile, newAdminToken } = server
  const facts = [
    ['Address', url],
    ['Lightspeed', lightspeedLine(server)],
    [
      'Admin token',
      adminTokenFile === null ? 'the one in CONSIGN_ADMIN_TOKEN' : `${adminTokenFile} (only you may read it)`,
    ],
  ] as const
  const notice = lightspeed.kind === 'simulator' ? simulated(screen) : notConnected(server, screen)
  const token = newAdminToken === null ? [] : newToken(newAdminToken, screen)
  return [...notice, ...facts.map(([name, fact]) => `  ${screen.paint('dim', pad(name, 11))}  ${fact}`), ...token].join(
    '\n',
  )
}

function lightspeedLine({ lightspeed: { kind, origin } }: Pick<RunningServer, 'lightspeed'>): string {
  const at = origin ?? 'not known yet'
  return kind === 'simulator' ? `simulated, at ${at}` : at
}

function simulated(screen: Screen): string[] {
  const what =
    'THE RETAILER IS SIMULATED: no Lightspeed is connected, so every product, customer and sale here is made up. ' +
    'To mirror a real one, set LIGHTSPEED_DOMAIN_PREFIX and LIGHTSPEED_TOKEN (.env.example says how) and start again.'
  return ['', ...paragraph(what, screen).map((line) => screen.paint('yellow', line)), '']
}

function notConnected({ lightspeed, url }: Pick<RunningServer, 'lightspeed' | 'url'>, screen: Screen): string[] {
  if (lightspeed.state === 'connected' || lightspeed.connectPath === null) return ['']
  const what = `LIGHTSPEED IS NOT CONNECTED YET: open ${url}${lightspeed.connectPath} in a browser and allow Consign to read your shop.`
  return ['', ...paragraph(what, screen).map((line) => screen.paint('yellow', line)), '']
}

function newToken(token: string, screen: Screen): string[] {
  const what = 'A token with all rights was made for you. It is shown this once:'
  return ['', ...paragraph(what, screen), '', `  ${screen.paint('bold', token)}`]
}

function paragraph(text: string, screen: Screen): string[] {
  return wrap(text, Math.min(widest, screen.width()) - 2).map((line) => `  ${line}`)
}
