import { Hono } from 'hono'
import { fieldsOf, isFields, numberIn, textIn, type Fields } from './body.ts'
import type { Parts } from './app.ts'
import type { SimEnv } from './context.ts'
import { judged } from './judgments.ts'
import { found, refused, Refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import { collections, type Collection, type Row, type Store } from './store.ts'
import { trade } from './trade.ts'
import { faultKinds, type Fault } from './trouble.ts'

/** `/sim`: what no real shop has. Faults, changes, judgments, trade, state. */
export function controlRoutes({ context, store, tokens, identity }: Parts): Hono<SimEnv> {
  const { trouble, judgments } = context
  return new Hono<SimEnv>()
    .get('/sim/trouble', (c) => c.json({ data: trouble.list() }))
    .post('/sim/trouble', async (c) => {
      const fault = readFault(await fieldsOf(c))
      return c.json({ data: { ...fault, id: trouble.add(fault).id } }, 201)
    })
    .delete('/sim/trouble', (c) => {
      trouble.clear()
      return c.body(null, 204)
    })
    .delete('/sim/trouble/:id', (c) => {
      trouble.clear(Number(c.req.param('id')))
      return c.body(null, 204)
    })
    .get('/sim/judgments', (c) => c.json({ data: judgments }))
    .post('/sim/judgments', async (c) => {
      Object.assign(judgments, newJudgments(judgments, await fieldsOf(c)))
      return c.json({ data: judgments })
    })
    .post('/sim/oauth', async (c) => {
      const seconds = numberIn((await fieldsOf(c))['expiresIn'])
      if (seconds === undefined || seconds < 0) throw refused(422, 'expiresIn is a number of seconds')
      tokens.setExpiresIn(seconds)
      return c.json({ data: { expiresIn: seconds } })
    })
    .post('/sim/change', async (c) => c.json({ data: change(store, await fieldsOf(c)) }))
    .post('/sim/trade', async (c) => {
      const wished = numberIn((await fieldsOf(c))['sales']) ?? 1
      if (!Number.isInteger(wished) || wished < 1 || wished > 1000)
        throw refused(422, 'sales is a whole number from 1 to 1000')
      return c.json({ data: trade(context, wished) })
    })
    .get('/sim/state', (c) =>
      c.json({
        data: {
          ...identity,
          version: store.lastVersion(),
          rows: Object.fromEntries(collections.map((collection) => [collection, store.count(collection)])),
        },
      }),
    )
}

function readFault(fields: Fields): Fault {
  const kind = faultKinds.find((known) => known === fields['kind'])
  if (!kind)
    throw refused(422, `Unknown kind ${String(fields['kind'])}. Known: ${faultKinds.join(', ')}`, { kinds: faultKinds })
  const { path, method, times, after, ...options } = fields
  return {
    ...options,
    kind,
    ...(textIn(path) === undefined ? {} : { path: textIn(path) ?? '' }),
    ...(textIn(method) === undefined ? {} : { method: textIn(method) ?? '' }),
    ...(numberIn(times) === undefined ? {} : { times: numberIn(times) ?? 0 }),
    ...(numberIn(after) === undefined ? {} : { after: numberIn(after) ?? 0 }),
  }
}

function newJudgments(base: Parts['context']['judgments'], wishes: Fields): Fields {
  try {
    return judged(base, wishes)
  } catch (error) {
    throw new Refused(422, {
      error: 'Unprocessable Entity',
      message: error instanceof Error ? error.message : String(error),
    })
  }
}

/** A row changed by a hand from outside: patched, made, deleted or brought back, always with a new version. */
function change(store: Store, wish: Fields): Row {
  const collection = collectionIn(wish['collection'])
  const id = textIn(wish['id'])
  const patch = isFields(wish['patch']) ? wish['patch'] : {}
  const now = stamp(store.now())
  if (id === undefined)
    return store.put(collection, {
      created_at: now,
      updated_at: now,
      ...patch,
      id: textIn(patch['id']) ?? store.newId(),
    })
  const { deleted_at: deletedAt, ...before } = found(store.get(collection, id), 'Row')
  const changed = { ...before, ...('updated_at' in before ? { updated_at: now } : {}), ...patch, id }
  if (wish['delete'] === true) return store.put(collection, { ...changed, deleted_at: now })
  return store.put(
    collection,
    wish['undelete'] === true || deletedAt === undefined ? changed : { deleted_at: deletedAt, ...changed },
  )
}

function collectionIn(name: unknown): Collection {
  const collection = collections.find((known) => known === name)
  if (!collection) throw refused(422, `Unknown collection ${String(name)}. Known: ${collections.join(', ')}`)
  return collection
}
