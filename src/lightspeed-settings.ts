import type { Refusal } from './kernel/refusal.ts'

/** Which Lightspeed, and how we are let in. */
export type LightspeedSettings =
  | { kind: 'simulator'; seed: number; scale: string; port: number }
  | { kind: 'token'; origin: string; domainPrefix: string | undefined; token: string }
  | {
      kind: 'oauth'
      origin: string | undefined
      domainPrefix: string | undefined
      clientId: string
      clientSecret: string
    }

type Given = {
  LIGHTSPEED_BASE_URL?: string | undefined
  LIGHTSPEED_DOMAIN_PREFIX?: string | undefined
  LIGHTSPEED_TOKEN?: string | undefined
  LIGHTSPEED_CLIENT_ID?: string | undefined
  LIGHTSPEED_CLIENT_SECRET?: string | undefined
  SIM_SEED: number
  SIM_SCALE: string
  SIM_PORT: number
}

type Name = Exclude<keyof Given, `SIM_${string}`>

/** A real shop by its token or by OAuth, or the simulator; `missing` words what is left out. */
export function lightspeedOf(data: Given, missing: (name: Name, because: Name) => Refusal): LightspeedSettings {
  const domainPrefix = data.LIGHTSPEED_DOMAIN_PREFIX
  const at = data.LIGHTSPEED_BASE_URL ?? (domainPrefix ? `https://${domainPrefix}.retail.lightspeed.app` : undefined)
  if (data.LIGHTSPEED_TOKEN) {
    if (at) return { kind: 'token', origin: at, domainPrefix, token: data.LIGHTSPEED_TOKEN }
    throw missing('LIGHTSPEED_DOMAIN_PREFIX', 'LIGHTSPEED_TOKEN')
  }
  if (data.LIGHTSPEED_CLIENT_ID || data.LIGHTSPEED_CLIENT_SECRET) {
    if (!data.LIGHTSPEED_CLIENT_ID) throw missing('LIGHTSPEED_CLIENT_ID', 'LIGHTSPEED_CLIENT_SECRET')
    if (!data.LIGHTSPEED_CLIENT_SECRET) throw missing('LIGHTSPEED_CLIENT_SECRET', 'LIGHTSPEED_CLIENT_ID')
    const { LIGHTSPEED_CLIENT_ID: clientId, LIGHTSPEED_CLIENT_SECRET: clientSecret } = data
    return { kind: 'oauth', origin: data.LIGHTSPEED_BASE_URL, domainPrefix, clientId, clientSecret }
  }
  if (data.LIGHTSPEED_BASE_URL) throw missing('LIGHTSPEED_TOKEN', 'LIGHTSPEED_BASE_URL')
  if (domainPrefix) throw missing('LIGHTSPEED_TOKEN', 'LIGHTSPEED_DOMAIN_PREFIX')
  return { kind: 'simulator', seed: data.SIM_SEED, scale: data.SIM_SCALE, port: data.SIM_PORT }
}
