import { z } from 'zod'
import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { webhooksEndpoint } from '../lightspeed/endpoints.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import type { Reception } from './receiving.actions.ts'
import { planRegistrations, strangers, type Hook, type Registration } from './registrations.rules.ts'
import { findAddress, keepAddress } from './registrations.store.ts'

const hook = z.object({
  id: z.coerce.string(),
  type: z.string().catch(''),
  url: z.string().catch(''),
  active: z.boolean().catch(true),
})

export type Registering = { lightspeed: Lightspeed; reception: Reception }

/** Where Lightspeed sends its webhooks: ours, each type, and others that look like ours. */
export async function readRegistrations({ database, actor, correlationId }: Context, { lightspeed }: Registering) {
  must(actor, 'webhooks:read')
  const hooks = await listHooks(lightspeed.causedBy(correlationId))
  const address = await findAddress(database.db)
  const origin = address?.origin ?? null
  return {
    origin,
    problem: address?.problem ?? null,
    data: origin === null ? [] : planRegistrations(origin, hooks).map(stateOf),
    others: origin === null ? hooks : strangers(origin, hooks),
  }
}

/**
 * Has Lightspeed send each of its seven types to us, one address a type. Asking twice changes nothing: what is there
 * stays, and where another process was quicker (409) all is well too.
 */
export async function registerWebhooks(
  { database, actor, correlationId }: Context,
  { lightspeed, reception }: Registering,
  { origin, dryRun }: { origin: string; dryRun: boolean },
) {
  must(actor, 'webhooks:register')
  const { lightspeedSecrets, acceptUnsigned } = reception.settings
  if (lightspeedSecrets.length === 0 && !acceptUnsigned) throw secretMissing()
  const client = lightspeed.causedBy(correlationId)
  const plan = planRegistrations(origin, await listHooks(client))
  if (dryRun) return { origin, dryRun, data: plan.map(stepOf) }
  for (const step of plan) await carryOut(client, step)
  await inTransaction(database, async ({ db }) => {
    const before = await findAddress(db)
    await keepAddress(db, origin, actor.id)
    const what = { action: 'webhooks.registered', entity: 'webhook_address', entityId: origin }
    const after = { origin, created: plan.filter(({ step }) => step !== 'keep').map(({ type }) => type) }
    await record(db, {
      ...what,
      before: before ? { origin: before.origin } : null,
      after,
      actor: actor.id,
      correlationId,
    })
  })
  return { origin, dryRun, data: plan.map(stepOf) }
}

/** Every hook that Lightspeed shows us. It has no pages here. */
export async function listHooks(lightspeed: Lightspeed): Promise<Hook[]> {
  const { records } = await lightspeed.list(webhooksEndpoint, { priority: 'person' })
  return records.map((one) => hook.safeParse(one)).flatMap(({ data }) => (data ? [data] : []))
}

/** Lightspeed answers 409 where the hook is there already: somebody was quicker, and what we want is so. */
export async function carryOut(lightspeed: Lightspeed, { step, id, type, url }: Registration) {
  const { path } = webhooksEndpoint
  const body = { url, type, active: true }
  if (step === 'create') await tolerateConflict(lightspeed.request({ method: 'POST', path, body, priority: 'person' }))
  if (step === 'activate')
    await lightspeed.request({ method: 'PUT', path: `${path}/${id ?? ''}`, body, priority: 'person' })
}

async function tolerateConflict(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    if (!(error instanceof LightspeedError && error.kind === 'conflict')) throw error
  }
}

function stepOf({ type, url, step }: Registration) {
  return { type, url, step }
}

function stateOf({ type, url, step }: Registration) {
  return { type, url, state: ({ keep: 'registered', create: 'missing', activate: 'switched_off' } as const)[step] }
}

function secretMissing(): Refusal {
  return new Refusal(
    'misconfigured',
    'webhook_secret_missing',
    'Set LIGHTSPEED_CLIENT_SECRET first: Lightspeed signs with it, and what is not signed is not let in',
  )
}
