import { z } from 'zod'
import { count, shapeOf, text, type Told } from '../http/shape.ts'
import type { checkEndpoints } from './checking.actions.ts'
import type { beginConnection } from './connecting.actions.ts'
import type { LinkCheck, LinkDescription } from './link.ts'

export const link = shapeOf<LinkDescription>()(
  'LightspeedLink',
  z.object({
    kind: z.enum(['simulator', 'token', 'oauth']),
    origin: text.nullable(),
    domainPrefix: text.nullable(),
    state: z.enum(['connected', 'not_connected', 'needs_reconnect']),
    connectPath: text.nullable().describe('Where an administrator goes to connect; only for OAuth'),
  }),
)

export const linkCheck = shapeOf<LinkCheck>()(
  'LightspeedCheck',
  z.object({ ms: z.number(), retailer: text.nullable(), outlets: count }),
)

export const endpointChecks = shapeOf<Told<typeof checkEndpoints>>()(
  'EndpointChecks',
  z.object({
    data: z.array(
      z.object({
        endpoint: text,
        path: text,
        ok: z.boolean(),
        ms: z.number(),
        code: text.nullable(),
        error: text.nullable(),
      }),
    ),
  }),
)

export const authorization = shapeOf<Told<typeof beginConnection>>()(
  'Authorization',
  z.object({ url: text.describe('Where to send the person, within ten minutes') }),
)
