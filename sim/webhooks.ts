import { fieldsOf, isFields, textIn, type Fields } from './body.ts'
import type { SimApp, SimContext } from './context.ts'
import { isDeleted } from './layer.ts'
import { found, Refused, refused } from './refused.ts'
import { retailerOf } from './retailer.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'
import { openDeliveries } from './webhooks-deliveries.ts'
import { eventsOf, isWebhookType, webhookTypes } from './webhooks-events.ts'

const path = '/api/2.0/webhooks'
const oldPath = '/api/webhooks'

/** Registration of webhooks, as JSON and the old way as a form, and their delivery; `GET /sim/deliveries` shows what was sent. */
export function mountWebhooks(app: SimApp, context: SimContext): void {
  registration(app, context)
  oldRegistration(app, context)
  const deliveries = openDeliveries(context)
  const hooks = openHooks(context)
  context.store.onChange((change) => {
    for (const { type, payload } of eventsOf(context, change)) {
      const listening = hooks(type)
      if (listening.length > 0) deliveries.send(listening, JSON.stringify(payload()))
    }
  })
  app.get('/sim/deliveries', (c) => c.json({ data: deliveries.list(c.req.query()) }))
  app.delete('/sim/deliveries', (c) => {
    deliveries.forget()
    return c.body(null, 204)
  })
}

function registration(app: SimApp, context: SimContext): void {
  app.get(path, (c) => c.json({ data: all(context).map(onWire) }))
  app.get(`${path}/:id`, (c) => c.json({ data: onWire(one(context, c.req.param('id'))) }))
  app.post(path, async (c) => c.json({ data: onWire(create(context, await fieldsOf(c))) }, 201))
  app.put(`${path}/:id`, async (c) => c.json({ data: onWire(update(context, c.req.param('id'), await fieldsOf(c))) }))
  app.delete(`${path}/:id`, (c) => c.json({ data: onWire(remove(context, c.req.param('id'))) }))
}

/** Version 0.9: the hook as JSON text in the form field `data`, answers without an envelope. */
function oldRegistration(app: SimApp, context: SimContext): void {
  app.get(oldPath, (c) => c.json(all(context).map(onOldWire)))
  app.post(oldPath, async (c) => c.json(onOldWire(create(context, inForm(await c.req.parseBody())))))
  app.put(`${oldPath}/:id`, async (c) => {
    const row = update(context, c.req.param('id'), inForm(await c.req.parseBody()))
    return c.json(onOldWire(row))
  })
  app.delete(`${oldPath}/:id`, (c) => {
    remove(context, c.req.param('id'))
    return c.json({ status: 'success' })
  })
}

function inForm(form: Fields): Fields {
  try {
    const hook: unknown = JSON.parse(textIn(form['data']) ?? '')
    if (isFields(hook)) return hook
  } catch {
    throw refused(400, 'The form field data is not JSON')
  }
  throw refused(400, 'The form field data is not an object')
}

const every = { after: 0, limit: Infinity, deleted: false }
const all = ({ store }: SimContext): Row[] => store.list('webhooks', every)

function one({ store }: SimContext, id: string): Row {
  const row = store.get('webhooks', id)
  if (row && !isDeleted(row)) return row
  throw new Refused(404, { error: 'The webhook does not exist.' })
}

const onWire = ({ id, ...row }: Row): Fields => ({
  id,
  retailer_id: row['retailer_id'],
  type: row['type'],
  url: row['url'],
  active: row['active'],
})

const onOldWire = (row: Row): Fields => ({ ...onWire(row), user_id: row['user_id'] })

function create(context: SimContext, body: Fields): Row {
  const { store } = context
  const hook = read(body)
  mustBeNew(context, hook)
  const user = found(store.list('users', { ...every, limit: 1 })[0], 'User')
  return store.put('webhooks', {
    ...hook,
    id: store.newId(),
    retailer_id: retailerOf(context)['id'],
    user_id: user.id,
  })
}

function update(context: SimContext, id: string, body: Fields): Row {
  const before = one(context, id)
  const hook = read({ ...before, ...body })
  mustBeNew(context, hook, id)
  return context.store.put('webhooks', { ...before, ...hook })
}

function remove(context: SimContext, id: string): Row {
  const row = one(context, id)
  return context.store.put('webhooks', { ...row, deleted_at: stamp(context.store.now()) })
}

type Hook = { url: string; type: string; active: boolean }

function read(body: Fields): Hook {
  const { url, type, active } = body
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) throw refused(400, 'url must be a URL')
  if (!isWebhookType(type)) throw refused(400, `type must be one of ${webhookTypes.join(', ')}`)
  if (typeof active !== 'boolean') throw refused(400, 'active must be a boolean')
  return { url, type, active }
}

function mustBeNew(context: SimContext, { url, type }: Hook, self?: string): void {
  const same = (row: Row) => row['url'] === url && row['type'] === type && row.id !== self
  if (all(context).some(same)) throw new Refused(409, { error: 'A webhook with this type and URL already exists.' })
}

/** The active hooks of a type, without reading them again for each change. */
function openHooks(context: SimContext): (type: string) => Row[] {
  let hooks: Row[] | undefined
  context.store.onChange(({ collection }) => {
    if (collection === 'webhooks') hooks = undefined
  })
  return (type) => {
    hooks ??= all(context).filter((row) => row['active'] === true)
    return hooks.filter((row) => row['type'] === type)
  }
}
