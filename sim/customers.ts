import { Hono } from 'hono'
import { fieldsOf, only, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { isDeleted } from './layer.ts'
import { reference } from './product-parts.ts'
import { fieldsWithoutCards } from './redact.ts'
import { found, refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Collection, Row } from './store.ts'

const address = ['address_1', 'address_2', 'suburb', 'city', 'postcode', 'state', 'country_id']
const plain =
  'first_name last_name customer_code customer_group_id enable_loyalty email note gender date_of_birth company_name ' +
  'do_not_email phone mobile fax twitter website custom_field_1 custom_field_2 custom_field_3 custom_field_4 on_account_limit tax_id'
const writable = [...plain.split(' '), ...address.flatMap((part) => [`physical_${part}`, `postal_${part}`])]

/** Customers and their groups. */
export function customerRoutes(context: SimContext): Hono<SimEnv> {
  const { store } = context
  return new Hono<SimEnv>()
    .post('/api/2.0/customers', async (c) => c.json({ data: save(context, undefined, await fieldsOf(c)) }, 201))
    .put('/api/2.0/customers/:id', async (c) => {
      const before = live(context, 'customers', c.req.param('id'))
      return c.json({ data: save(context, before, await fieldsOf(c)) })
    })
    .delete('/api/2.0/customers/:id', (c) => {
      bury(context, 'customers', live(context, 'customers', c.req.param('id')))
      return c.body(null, 204)
    })
    .post('/api/2.0/customer_groups', async (c) =>
      c.json({ data: saveGroup(context, undefined, await fieldsOf(c)) }, 201),
    )
    .put('/api/2.0/customer_groups/:id', async (c) => {
      const before = live(context, 'customer_groups', c.req.param('id'))
      return c.json({ data: saveGroup(context, before, await fieldsOf(c)) })
    })
    .delete('/api/2.0/customer_groups/:id', (c) => {
      const group = live(context, 'customer_groups', c.req.param('id'))
      const members = store.list('customers', { ...everyone, where: (row) => row['customer_group_id'] === group.id })
      bury(context, 'customer_groups', group)
      for (const member of members) moveTo(context, member, everyoneGroup(context))
      return c.body(null, 204)
    })
    .post('/api/2.0/customer_groups/:id/customers', async (c) => {
      const group = live(context, 'customer_groups', c.req.param('id'))
      for (const member of membersIn(context, await fieldsOf(c))) moveTo(context, member, group)
      return c.json(true, 201)
    })
    .delete('/api/2.0/customer_groups/:id/customers', async (c) => {
      live(context, 'customer_groups', c.req.param('id'))
      for (const member of membersIn(context, await fieldsOf(c))) moveTo(context, member, everyoneGroup(context))
      return c.body(null, 204)
    })
}

const everyone = { after: 0, limit: Infinity, deleted: false }

function live({ store }: SimContext, collection: Collection, id: string): Row {
  const row = store.get(collection, id)
  return found(row && !isDeleted(row) ? row : undefined, collection === 'customers' ? 'Customer' : 'Customer group')
}

/** The group that every customer is in from the start. */
function everyoneGroup({ store }: SimContext): Row {
  const [group] = store.list('customer_groups', { after: 0, limit: 1, deleted: true })
  return found(group, 'Customer group')
}

function save(context: SimContext, before: Row | undefined, body: Fields): Row {
  const { store } = context
  const fields = fieldsWithoutCards(only(body, writable))
  const group = textIn(fields['customer_group_id'])
  if (group !== undefined) reference(context, 'customer_groups', group)
  const now = stamp(store.now())
  const id = before?.id ?? store.newId()
  const start = { year_to_date: 0, balance: 0, loyalty_balance: 0, do_not_email: false, enable_loyalty: true }
  const merged: Fields = {
    ...start,
    customer_group_id: everyoneGroup(context).id,
    first_name: null,
    last_name: null,
    ...before,
    ...fields,
  }
  const names = [merged['first_name'], merged['last_name']].filter((name) => typeof name === 'string')
  const code = textIn(merged['customer_code']) ?? `${names[0] ?? 'UNNAMED'}-${id.slice(0, 4).toUpperCase()}`
  const made = before?.['created_at'] ?? now
  return store.put('customers', {
    ...merged,
    name: names.join(' '),
    customer_code: code,
    id,
    created_at: made,
    updated_at: now,
  })
}

function saveGroup({ store, judgments }: SimContext, before: Row | undefined, body: Fields): Row {
  const name = textIn(body['name']) ?? textIn(before?.['name'])
  if (name === undefined || name.trim() === '') throw refused(judgments.refusalStatus, 'name is required')
  const now = stamp(store.now())
  const id = before?.id ?? store.newId()
  const group = textIn(body['group_id']) ?? textIn(before?.['group_id']) ?? String(Number.parseInt(id.slice(0, 8), 16))
  return store.put('customer_groups', {
    ...before,
    id,
    name,
    group_id: group,
    created_at: before?.['created_at'] ?? now,
    updated_at: now,
  })
}

function bury({ store }: SimContext, collection: Collection, row: Row): void {
  const now = stamp(store.now())
  store.put(collection, { ...row, updated_at: now, deleted_at: now })
}

function membersIn(context: SimContext, body: Fields): Row[] {
  const ids = body['customer_ids']
  if (!Array.isArray(ids)) throw refused(400, 'customer_ids is a list of ids')
  return ids.map((id: unknown) => reference(context, 'customers', String(id)))
}

const moveTo = ({ store }: SimContext, customer: Row, group: Row): Row =>
  store.put('customers', { ...customer, customer_group_id: group.id, updated_at: stamp(store.now()) })
