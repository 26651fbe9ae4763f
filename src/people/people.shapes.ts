import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { createToken, Token } from './tokens.actions.ts'

export const token = shapeOf<Token>()(
  'Token',
  z.object({
    id: uuid,
    name: text,
    scopes: z.array(text),
    createdAt: time,
    createdBy: text,
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
  }),
)

export const tokenPage = pageOf(token).meta({ ref: 'TokenPage' })

export const newToken = shapeOf<Told<typeof createToken>>()(
  'NewToken',
  token.extend({ token: text.describe('Told this once') }),
)

export const session = z
  .object({
    signedIn: z.boolean(),
    name: text.nullable(),
    open: z.boolean().describe('No token is needed here: a simulated shop, on its own machine'),
  })
  .meta({ ref: 'Session' })
