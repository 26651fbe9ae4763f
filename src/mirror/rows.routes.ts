import { Hono } from 'hono'
import { z } from 'zod'
import { holdsRight, must, type Actor } from '../context.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readWithoutCosts } from './costs.rules.ts'
import { findMirrorRows, listMirrorRows, type MirrorRow } from './rows.store.ts'
import { resourceNamed } from './tables.ts'
import { oneRow, resourceParameter, rowPage } from './rows.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const paging = z.object({
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

const about = doorsOf('mirror')
const ofEntity = { parameters: [resourceParameter] }

export const rowsRoutes = new Hono<Env>()
  .get(
    '/api/v1/mirror/:entity',
    about(
      'Rows of a mirror table, by key; `next` goes into `after`',
      { 200: rowPage },
      { 404: ['entity_unknown'] },
      ofEntity,
    ),
    valid('query', paging),
    async (c) => {
      must(c.var.actor, 'mirror:read')
      const resource = resourceNamed(c.req.param('entity'))
      const { after: place, limit } = c.req.valid('query')
      const rows = await listMirrorRows(c.var.house.database.db, resource, { after: keyOf(place), limit })
      const after = (last: (typeof rows)[number]) => cursorOf(resource.key.map((column) => String(last[column])))
      return c.json(pageOf(rows, limit, { view: viewFor(c.var.actor, resource.name), after }))
    },
  )
  .get(
    '/api/v1/mirror/:entity/:id',
    about(
      'One mirrored record; of a list inside a record, the rows of its owner as `data`',
      { 200: oneRow },
      { 404: ['entity_unknown', 'record_unknown'] },
      ofEntity,
    ),
    async (c) => {
      must(c.var.actor, 'mirror:read')
      const resource = resourceNamed(c.req.param('entity'))
      const rows = await findMirrorRows(c.var.house.database.db, resource, c.req.param('id'))
      const [only] = rows
      if (!only)
        throw new Refusal(
          'not_found',
          'record_unknown',
          `The mirror holds no ${resource.name} with ${c.req.param('id')}`,
        )
      const view = viewFor(c.var.actor, resource.name)
      return c.json(resource.key.length === 1 ? view(only) : { data: rows.map(view) })
    },
  )

/** Times as RFC 3339 in UTC; decimals are exact text already. Who may see costs nowhere sees none here either. */
function viewFor(actor: Actor, entity: string): (row: MirrorRow) => Record<string, JsonValue> {
  if (holdsRight(actor, 'costs:read')) return (row) => JSON.parse(JSON.stringify(row))
  return (row) => JSON.parse(JSON.stringify(readWithoutCosts(entity, JSON.stringify(row))))
}

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

function cursorOf(key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

const keyParts = z.array(z.string()).min(1)

function keyOf(cursor: string | undefined): string[] {
  if (cursor === undefined) return []
  const parsed = keyParts.safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (parsed.success) return parsed.data
  throw new Refusal('not_valid', 'cursor_not_valid', 'after: give the `next` of the page before')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
