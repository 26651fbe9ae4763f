import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { createToken, readTokens, takeTokenBack } from './tokens.actions.ts'
import { newToken, token, tokenPage } from './people.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const tokenWish = z.strictObject({
  name: z.string().trim().min(1).max(200),
  scopes: z.array(z.string().max(100)).min(1).max(100),
  /** Without it the token is good until it is taken back. */
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
})
const tokenId = z.object({ id: z.uuid() })
const page = z.object({
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

const about = doorsOf('tokens')

export const tokenRoutes = new Hono<Env>()
  .get(
    '/api/v1/tokens',
    about('Every token, newest first, without its secret', { 200: tokenPage }),
    valid('query', page),
    async (c) => c.json(await readTokens(c.var.context, { after: undefined, ...c.req.valid('query') })),
  )
  .post(
    '/api/v1/tokens',
    about(
      'Make a token with some rights and, if wanted, an end; the answer tells it once',
      { 201: newToken },
      { 403: ['scope_not_held'], 422: ['scope_unknown', 'expiry_past'] },
    ),
    valid('json', tokenWish),
    async (c) => {
      const { expiresAt, ...wish } = c.req.valid('json')
      const until = expiresAt ? new Date(expiresAt) : null
      return c.json(await createToken(c.var.context, { ...wish, expiresAt: until }, new Date()), 201)
    },
  )
  .delete(
    '/api/v1/tokens/:id',
    about('Take a token back', { 200: token }, { 404: ['token_unknown'], 422: ['token_in_use'] }),
    valid('param', tokenId),
    async (c) => c.json(await takeTokenBack(c.var.context, c.req.valid('param').id, new Date())),
  )
