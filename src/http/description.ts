import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { version } from '../ops/version.ts'
import type { Env } from './env.ts'

/** OpenAPI 3.1 of the routes, from their own declarations. */
export async function describe(routes: Hono<Env>) {
  return generateSpecs(routes, {
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Consign', version, description: 'Errors are application/problem+json (RFC 9457).' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
}
