import { Hono } from 'hono'
import { fieldsOf, listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { isDeleted } from './layer.ts'
import { found, refused } from './refused.ts'
import { hashText } from './seed/random.ts'
import { stamp } from './seed/time.ts'
import { lastSeededVersion } from './seed/versions.ts'
import type { Row } from './store.ts'
import { onWire } from './wire.ts'

/** Registers open and close; each time one closes there is a register closure, which only the summary and a webhook show. */
export function registerRoutes(context: SimContext): Hono<SimEnv> {
  const { judgments } = context
  return new Hono<SimEnv>()
    .put('/api/2.0/registers/:id/actions/open', async (c) => {
      const register = open(context, live(context, c.req.param('id')), await fieldsOf(c))
      return c.json({ data: onWire('registers', register, judgments) })
    })
    .put('/api/2.0/registers/:id/actions/close', async (c) => {
      const register = close(context, live(context, c.req.param('id')), await fieldsOf(c))
      return c.json({ data: onWire('registers', register, judgments) })
    })
    .get('/api/2.0/registers/:id/payments_summary', (c) => {
      const register = found(context.store.get('registers', c.req.param('id')), 'Register')
      return c.json({ data: summary(context, register) })
    })
}

function live({ store }: SimContext, id: string): Row {
  const row = store.get('registers', id)
  return found(row && !isDeleted(row) ? row : undefined, 'Register')
}

const sequenceOf = (register: Row): number => numberIn(register['_closure_sequence']) ?? 1

function open({ store, judgments }: SimContext, register: Row, body: Fields): Row {
  if (register['is_open'] === true) throw refused(judgments.refusalStatus, 'The register is open already')
  const { register_close_time: _, ...closed } = register
  return store.put('registers', {
    ...closed,
    is_open: true,
    register_open_time: textIn(body['register_open_time']) ?? stamp(store.now()),
    register_open_sequence_id: store.newId(),
    _closure_sequence: sequenceOf(register) + 1,
    _till: 'counted from the sales',
  })
}

function close(context: SimContext, register: Row, body: Fields): Row {
  const { store, judgments } = context
  if (register['is_open'] !== true) throw refused(judgments.refusalStatus, 'The register is closed already')
  const closedAt = stamp(store.now())
  const { register_open_sequence_id: closure, ...others } = register
  store.put('register_closures', {
    id: String(closure),
    ...summary(context, register),
    register_id: register.id,
    outlet_id: register['outlet_id'],
    register_close_time: closedAt,
    counted: listIn(body['payments']),
  })
  return store.put('registers', { ...others, is_open: false, register_close_time: closedAt, _last_closure: closure })
}

/** The closure that is open now, or the last one. */
function summary(context: SimContext, register: Row): Fields {
  const closure = register['register_open_sequence_id'] ?? register['_last_closure']
  return {
    register_open_time: register['register_open_time'],
    register_closure_sequence_number: sequenceOf(register),
    ...(closure === undefined ? {} : { register_closure_id: closure }),
    payments: totals(context, register),
  }
}

function totals(context: SimContext, register: Row): Fields[] {
  const { store } = context
  const taken = takings(context, register)
  return store.list('payment_types', { after: 0, limit: Infinity, deleted: false }).flatMap((type, at) => {
    const before = register['_till'] === undefined && at < 3 ? (hashText(register.id + type.id) % 300_000) / 100 : 0
    const total = before + (taken.get(type.id) ?? 0)
    return total === 0 ? [] : [{ payment_type_id: type.id, payment_type_name: type['name'], total: total.toFixed(2) }]
  })
}

/** Payments at the register since it opened, among the sales made while the simulator runs; what a seeded till held is made up. */
function takings({ store }: SimContext, register: Row): Map<string, number> {
  const openedAt = String(textIn(register['register_open_time']))
  const where = (sale: Row) => sale['register_id'] === register.id && String(sale['sale_date']) >= openedAt
  const sums = new Map<string, number>()
  for (const sale of store.list('sales', { after: lastSeededVersion, limit: Infinity, deleted: false, where })) {
    for (const payment of listIn(sale['payments'])) {
      const type = String(payment['retailer_payment_type_id'])
      sums.set(type, (sums.get(type) ?? 0) + (numberIn(payment['amount']) ?? 0))
    }
  }
  return sums
}
