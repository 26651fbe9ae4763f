import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { cups, hub, milk, openOffice, supplier, tea, type Office } from '#test/office.ts'
import { warningCodes } from '#src/packing/warnings.rules.ts'
import { law, statuses, types, type Status, type Type } from './lifecycle.rules.ts'
import { isForward, stepsFrom } from './transition.rules.ts'

type Wish =
  | { kind: 'move' | 'many'; to: Status }
  | { kind: 'approval'; decision: 'submit' | 'approve' | 'reject' | 'request_changes' | 'withdraw' }
  | { kind: 'cancel' | 'decide' | 'count' | 'ship' }
  | { kind: 'amend' | 'add'; quantity: number }

const decisions = ['submit', 'approve', 'reject', 'request_changes', 'withdraw'] as const
const onTheWay = statuses.filter((status) => status !== 'CANCELLED')

/** Cancelling is rare, or nothing would ever get far. */
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ kind: fc.constantFrom('move', 'many'), to: fc.constantFrom(...onTheWay) }) },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('approval' as const), decision: fc.constantFrom(...decisions) }),
  },
  { weight: 16, arbitrary: fc.record({ kind: fc.constantFrom('decide', 'count', 'ship') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constantFrom('amend', 'add'), quantity: fc.constantFrom(0, 1, 40, 4000) }),
  },
)

type Asked = { type: Type; id: string }

/** What is asked one after the other, and in each turn what several people ask at the same moment. */
const days = fc.array(fc.array(wish, { minLength: 1, maxLength: 4 }), { minLength: 9, maxLength: 12 })

for (const type of types)
  test(`whatever is asked of a ${type}, in any order and at once, it stands only where the law leads`, async () => {
    await using office = await openOffice()
    await office.api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
    await everyStepIsKept(office)
    const seen = new Set<string>()
    for (const turns of fc.sample(days, { numRuns: 5, seed: 3 })) {
      const id = await drafted(office, type)
      for (const turn of turns) await oneTurn(office, { type, id }, turn)
      for (const { from, to } of await stepsOf(office, id)) {
        const lawful = Object.values(law[type][from] ?? {})
        assert.ok(lawful.includes(to), `${type}: ${from} became ${to}`)
        seen.add(`${from} ${to}`)
      }
      await holdsTogether(office, id)
    }
    assert.ok(seen.size >= (type === 'STOCKTAKE' ? 3 : 5), `too little happened: ${[...seen].join(', ')}`)
  })

/** All at the same moment; besides, one step that is lawful, so that a turn leads on. Nothing may break. */
async function oneTurn(office: Office, asked: Asked, turn: readonly Wish[]) {
  const { type, id } = asked
  const { status, approval } = await office.show(id)
  const onward = stepsFrom(type, status).find(isForward)
  const wishes: readonly Wish[] = onward === undefined ? turn : [...turn, { kind: 'move', to: onward.to }]
  if (status === 'DRAFT' && approval !== 'not_needed')
    await ask(office, asked, { kind: 'approval', decision: 'submit' })
  const answers = await Promise.all(wishes.map((one) => ask(office, asked, one)))
  for (const { status: answered } of answers) assert.ok(answered < 500, `${status}: ${answered}`)
}

function ask(office: Office, asked: Asked, one: Wish): Promise<{ status: number }> {
  const { consignments } = office
  const { id } = asked
  const param = { id }
  const reason = 'As it came'
  const here = `/api/v1/consignments/${id}`
  if (one.kind === 'move') return office.move(id, one.to, { reason })
  if (one.kind === 'many')
    return consignments.transitions.$post({
      json: { ids: [id], to: one.to, reason, acceptedWarnings: [...warningCodes] },
    })
  if (one.kind === 'approval')
    return consignments[':id'].approval.$post({ param, json: { decision: one.decision, reason } })
  if (one.kind === 'cancel') return office.post(`${here}/cancellation`, { reason })
  if (one.kind === 'decide')
    return consignments[':id'].decisions.$put({ param, json: { decisions: [], others: 'cancel' } })
  if (one.kind === 'ship') return office.post(`${here}/tracking`, { reference: id })
  if (one.kind === 'count') return count(office, asked)
  const [productId, quantity] = [one.kind === 'amend' ? milk : cups, 'quantity' in one ? one.quantity : 0]
  const lines = [{ productId, quantity }]
  return consignments[':id'].lines.$post({ param, json: { lines, reason } })
}

/** What has come, in the way of its type; of a return, that there is no credit for it. */
function count({ consignments, post }: Office, { type, id }: Asked) {
  const here = `/api/v1/consignments/${id}`
  const json = { reason: 'Sold as seen' }
  if (type === 'SUPPLIER_RETURN') return consignments[':id']['credit-refusal'].$put({ param: { id }, json })
  if (type !== 'STOCKTAKE') return post(`${here}/receipts`, { id, asOrdered: true, outcome: 'more_to_come' })
  return post(`${here}/counts`, { scans: [{ id, productId: tea, quantity: '9', at: new Date().toISOString() }] })
}

async function drafted(office: Office, type: Type): Promise<string> {
  const lines = [{ productId: tea, quantity: 10 }]
  if (type === 'PURCHASE_ORDER') return (await office.order(lines)).id
  if (type === 'OUTLET_TRANSFER') return (await office.transfer(lines)).id
  const parties = type === 'STOCKTAKE' ? { outletId: hub } : { outletId: hub, supplierId: supplier }
  return (await office.make({ type, ...parties, lines })).id
}

/** The database itself notes each change of a status, whoever makes it. */
async function everyStepIsKept({ db }: Office) {
  await sql`create table step_taken (at bigint generated always as identity, id uuid, was text, became text)`.execute(
    db,
  )
  await sql`create function keep_step() returns trigger language plpgsql as $$
    begin
      insert into step_taken (id, was, became) values (new.id, old.status, new.status);
      return new;
    end $$`.execute(db)
  await sql`create trigger keeps_step after update on consignment for each row
    when (new.status <> old.status) execute function keep_step()`.execute(db)
}

async function stepsOf({ db }: Office, id: string) {
  const { rows } = await sql<{ was: string; became: string }>`
    select was, became from step_taken where id = ${id} order by at`.execute(db)
  return rows.map(({ was, became }) => ({ from: statusNamed(was), to: statusNamed(became) }))
}

function statusNamed(given: string): Status {
  return statuses.find((status) => status === given) ?? assert.fail(given)
}

/** What belongs together: open is approved, nobody is asked about what is no draft, and the audit tells the status. */
async function holdsTogether(office: Office, id: string) {
  const { status, approval } = await office.show(id)
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from approval_request where consignment_id = ${id} and decision is null`.execute(
    office.db,
  )
  assert.equal(rows[0]?.waiting, approval === 'pending' ? 1 : 0, `${status} ${approval}`)
  if (approval === 'pending') assert.equal(status, 'DRAFT')
  if (status !== 'DRAFT' && status !== 'CANCELLED') assert.ok(['approved', 'not_needed'].includes(approval), approval)
}
