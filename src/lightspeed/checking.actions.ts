import { must, type Context } from '../context.ts'
import type { Lightspeed } from './client.ts'
import { endpoints, type Endpoint } from './endpoints.ts'
import { LightspeedError } from './errors.rules.ts'

export type EndpointCheck = {
  endpoint: string
  path: string
  ok: boolean
  ms: number
  code: string | null
  error: string | null
}

/**
 * Asks each collection that the mirror reads for one record, one after the other, and says which answer. The lists inside
 * a record (`{id}` in the path) are left out: which record to ask for is not known here.
 */
export async function checkEndpoints(
  { actor, correlationId }: Context,
  lightspeed: Lightspeed,
): Promise<{ data: EndpointCheck[] }> {
  must(actor, 'sync:read')
  const client = lightspeed.causedBy(correlationId)
  const data: EndpointCheck[] = []
  for (const [name, endpoint] of Object.entries(endpoints))
    if (!endpoint.path.includes('{id}')) data.push(await checkOne(client, name, endpoint))
  return { data }
}

async function checkOne(client: Lightspeed, name: string, endpoint: Endpoint): Promise<EndpointCheck> {
  const started = performance.now()
  const failure = await ask(client, endpoint)
  const ms = Math.round(performance.now() - started)
  const code = failure ? `lightspeed_${failure.kind}` : null
  return { endpoint: name, path: endpoint.path, ok: !failure, ms, code, error: failure?.message ?? null }
}

const single = new Set<Endpoint>([endpoints.retailer, endpoints.user])

async function ask(client: Lightspeed, endpoint: Endpoint): Promise<LightspeedError | undefined> {
  try {
    await (single.has(endpoint) ? client.get(endpoint) : client.list(endpoint, { pageSize: 1 }))
    return undefined
  } catch (error) {
    if (error instanceof LightspeedError) return error
    throw error
  }
}
