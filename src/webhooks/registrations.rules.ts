import { lightspeedTypes, type LightspeedType } from './types.rules.ts'

/** A webhook as Lightspeed holds it. */
export type Hook = { id: string; type: string; url: string; active: boolean }

export type Registration = {
  type: LightspeedType
  url: string
  step: 'keep' | 'create' | 'activate'
  id: string | null
}

/** Where Lightspeed is to send webhooks of a type: one address each, because its deliveries do not name their type. */
function addressOf(origin: string, type: LightspeedType): string {
  return `${origin}/webhooks/lightspeed/${type}`
}

/** What is to be done so that each of the seven types comes to us once. */
export function planRegistrations(origin: string, hooks: readonly Hook[]): Registration[] {
  return lightspeedTypes.map((type) => {
    const url = addressOf(origin, type)
    const held = hooks.find((hook) => hook.type === type && hook.url === url)
    if (!held) return { type, url, step: 'create', id: null }
    return { type, url, step: held.active ? 'keep' : 'activate', id: held.id }
  })
}

/** Hooks that look like ours but lead to another address: an earlier one of ours, or another Consign. */
export function strangers(origin: string, hooks: readonly Hook[]): Hook[] {
  return hooks.filter(({ url }) => url.includes('/webhooks/lightspeed/') && !url.startsWith(`${origin}/`))
}
