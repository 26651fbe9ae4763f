import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { harbour, hub, openOffice, refusalOf, type Office } from '#test/office.ts'
import type { Right } from './rights.rules.ts'
import { gives, startSet } from './roles.rules.ts'

const floor: Right[] = ['consignments:read', 'consignments:pack', 'consignments:send', 'consignments:receive']

test('who packs at the hub does not receive at the harbour, and the answer says where which right is missing', async () => {
  await using office = await openStaffedOffice()
  const packer = await office.place('packer', floor, 'staff', hub)
  const { id } = await office.transfer()
  await office.walk(id, 'OPEN')
  for (const to of ['PACKING', 'PACKAGED', 'SENT'] as const)
    assert.equal((await office.move(id, to, {}, packer)).status, 200, to)
  const refused = await refusalOf(await office.move(id, 'RECEIVING', {}, packer))
  assert.deepEqual([refused.status, refused.code], [403, 'role_missing'])
  assert.match(refused.detail, /at outlet-harbour: no role gives the right consignments:receive.*staff at outlet-hub/)
  const receiver = await office.place('receiver', floor, 'staff', harbour)
  assert.equal((await office.move(id, 'RECEIVING', {}, receiver)).status, 200)
  const other = await office.transfer()
  await office.walk(other.id, 'OPEN')
  assert.equal((await refusalOf(await office.move(other.id, 'PACKING', {}, receiver))).code, 'role_missing')
})

test('lists show the documents of one’s outlets; others are neither listed nor opened', async () => {
  await using office = await openStaffedOffice()
  const between = await office.transfer()
  const toHub = await office.order()
  const keeper = await office.place('keeper', ['consignments:read'], 'staff', harbour)
  const list = await (await office.consignments.$get({ query: {} }, { headers: keeper })).json()
  assert.deepEqual(
    list.data.map(({ id }) => id),
    [between.id],
  )
  const open = (id: string) => office.consignments[':id'].$get({ param: { id } }, { headers: keeper })
  assert.deepEqual([(await open(between.id)).status, (await open(toHub.id)).status], [200, 403])
})

test('drafts are made, amended and moved only where one’s role reaches', async () => {
  await using office = await openStaffedOffice()
  const scopes: Right[] = ['consignments:read', 'consignments:edit', 'consignments:cancel']
  const manager = await office.place('manager', scopes, 'store_manager', harbour)
  const draft = (outletId: string) =>
    office.consignments.$post({ json: { type: 'STOCKTAKE', outletId } }, { headers: manager })
  assert.equal((await draft(hub)).status, 403)
  const made = await draft(harbour)
  assert.equal(made.status, 201)
  const { id } = await made.json()
  const edit = (of: string, json: { outletId?: string; note?: string }) =>
    office.consignments[':id'].$patch({ param: { id: of }, json }, { headers: manager })
  assert.equal((await edit(id, { note: 'Back room' })).status, 200)
  assert.equal((await edit(id, { outletId: hub })).status, 403)
  const order = await office.order()
  assert.equal((await edit(order.id, { note: 'Mine?' })).status, 403)
  assert.equal((await office.move(order.id, 'CANCELLED', {}, manager)).status, 403)
})

test('a token without a role does what its rights say, everywhere; a role never gives what the token has not', async () => {
  await using office = await openStaffedOffice()
  const { id } = await office.transfer()
  await office.walk(id, 'OPEN')
  const free = await office.hire('free', 'consignments:read', 'consignments:pack')
  assert.equal((await office.move(id, 'PACKING', {}, free)).status, 200)
  const narrow = await office.place('narrow', ['consignments:read'], 'director', null)
  const refused = await refusalOf(await office.move(id, 'PACKAGED', {}, narrow))
  assert.deepEqual([refused.code, Object(refused.details).scope], ['scope_missing', 'consignments:pack'])
})

test('who lost his last role may do nothing, and is not set free by that', async () => {
  await using office = await openStaffedOffice()
  const packer = await office.place('packer', floor, 'staff', hub)
  const { id } = await office.transfer()
  const see = () => office.consignments[':id'].$get({ param: { id } }, { headers: packer })
  assert.equal((await see()).status, 200)
  const { data } = await (await office.grants.$get({ query: { role: 'staff' } })).json()
  assert.equal((await office.grants[':id'].$delete({ param: { id: data[0]?.id ?? '' } })).status, 200)
  assert.equal((await refusalOf(await see())).code, 'role_missing')
})

test('who has a role hands on only what he has everywhere, so that no new key opens more', async () => {
  await using office = await openStaffedOffice()
  const scopes: Right[] = ['tokens:manage', 'consignments:read', 'consignments:pack']
  const local = await office.place('local', scopes, 'administrator', hub)
  const ask = (headers: Record<string, string>) =>
    office.api.api.v1.tokens.$post({ json: { name: 'copy', scopes: ['consignments:pack'] } }, { headers })
  assert.equal((await ask(local)).status, 403)
  const general = await office.place('general', scopes, 'administrator', null)
  assert.equal((await ask(general)).status, 201)
})

test('a role can be given other rights, a new one be made, and the start set come back', async () => {
  await using office = await openStaffedOffice()
  const packer = await office.place('packer', [...floor, 'consignments:edit'], 'staff', hub)
  const { id } = await office.transfer()
  const edit = () => office.consignments[':id'].$patch({ param: { id }, json: { note: 'Soon' } }, { headers: packer })
  assert.equal((await edit()).status, 403)
  const role = office.api.api.v1.roles[':role']
  const param = { role: 'staff' }
  await role.$put({ param, json: { rights: ['consignments:read', 'consignments:edit'] } })
  assert.equal((await edit()).status, 200)
  assert.equal((await office.move(id, 'OPEN', {}, packer)).status, 200)
  assert.equal((await office.move(id, 'PACKING', {}, packer)).status, 403)
  await role.$delete({ param })
  assert.equal((await office.move(id, 'PACKING', {}, packer)).status, 200)
  const odd = await refusalOf(await role.$put({ param, json: { rights: ['consignments:fly'] } }))
  assert.deepEqual([odd.status, odd.code], [422, 'role_not_valid'])
  const unknown = { actor: 'somebody', role: 'astronaut' }
  assert.match((await refusalOf(await office.grants.$post({ json: unknown }))).detail, /there is no role astronaut/)
  await role.$put({ param: { role: 'astronaut' }, json: { rights: ['consignments:read'] } })
  assert.equal((await office.grants.$post({ json: unknown })).status, 201)
  assert.equal((await refusalOf(await office.grants.$post({ json: unknown }))).status, 409)
  const { data } = await (await office.api.api.v1.roles.$get()).json()
  assert.deepEqual(
    data.filter(({ isChanged }) => isChanged).map((one) => one.role),
    ['astronaut'],
  )
})

test('somebody who takes another one’s place may look and decide there, and nothing else', async () => {
  await using office = await openStaffedOffice()
  const scopes: Right[] = ['consignments:read', 'consignments:approve', 'consignments:receive']
  const away = await office.place('away', scopes, 'store_manager', hub)
  const standIn = await office.place('stand-in', scopes, 'staff', harbour)
  assert.ok(away)
  const { id } = await office.order()
  const see = () => office.consignments[':id'].$get({ param: { id } }, { headers: standIn })
  assert.equal((await see()).status, 403)
  const [from, to] = [await office.idOf('away'), await office.idOf('stand-in')]
  const json = { from, to, startsAt: '2026-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' }
  await office.api.api.v1['approval-rules'].delegations.$post({ json })
  assert.equal((await see()).status, 200)
  const decide = (decision: 'submit' | 'approve', headers = {}) =>
    office.consignments[':id'].approval.$post({ param: { id }, json: { decision } }, { headers })
  await decide('submit')
  assert.equal((await decide('approve', standIn)).status, 200)
  await office.walk(id, 'SENT')
  assert.equal((await office.move(id, 'RECEIVING', {}, standIn)).status, 403)
})

test('whatever is given and taken back in any order, nobody acts where no role of his reaches', async () => {
  await using office = await openStaffedOffice()
  const scopes = [...new Set(Object.values(startSet).flatMap(({ rights }) => rights))].filter((one) => one !== '*')
  const hand = await office.place('hand', scopes, 'staff', hub)
  const actor = await office.idOf('hand')
  const change = fc.record({
    role: fc.constantFrom(...Object.keys(startSet)),
    outletId: fc.constantFrom(hub, harbour, null),
    isGiven: fc.boolean(),
  })
  const documents = { [hub]: (await office.order()).id, [harbour]: (await office.orderAt(harbour)).id }
  for (const changes of fc.sample(fc.array(change, { minLength: 3, maxLength: 6 }), { numRuns: 12, seed: 11 })) {
    for (const { role, outletId, isGiven } of changes) {
      if (isGiven) await office.grants.$post({ json: { actor, role, outletId } })
      else await office.takeBack(actor, role, outletId)
    }
    const { data } = await (await office.grants.$get({ query: { actor } })).json()
    const grants = data.map(({ role, outletId }) => ({ role, outletId, rights: startSet[role]?.rights ?? [] }))
    for (const [outlet, id] of Object.entries(documents)) {
      const seen = await office.consignments[':id'].$get({ param: { id } }, { headers: hand })
      assert.equal(seen.status === 200, gives(grants, 'consignments:read', [outlet]), `look at ${outlet}`)
      const param = { param: { id }, json: { note: String(Math.random()) } }
      const edited = await office.consignments[':id'].$patch(param, { headers: hand })
      assert.equal(edited.status === 200, gives(grants, 'consignments:edit', [outlet]), `edit at ${outlet}`)
    }
  }
})

test('from the command line roles are listed, given and taken back', async () => {
  await using office = await openStaffedOffice()
  await office.hire('clerk', 'consignments:read')
  const actor = await office.idOf('clerk')
  assert.match((await office.consign('role list')).stdout, /store_manager +runs an outlet/)
  const line = `role grant ${actor} --role staff --outlet ${hub}`
  assert.match((await office.consign(`${line} --dry-run`)).stdout, /Would be so: token:.* is staff at outlet-hub/)
  const { id } = JSON.parse((await office.consign(`${line} --json`)).stdout)
  assert.match((await office.consign('role grants')).stdout, /staff +outlet-hub/)
  assert.match((await office.consign(`role revoke ${id}`)).stdout, /is no longer staff/)
  assert.match((await office.consign('role change staff --rights consignments:read')).stdout, /staff may now/)
  assert.match((await office.consign('role change staff --reset')).stdout, /staff may now.*consignments:pack/)
})

async function openStaffedOffice() {
  const office = await openOffice()
  const grants = office.api.api.v1['role-grants']
  const idOf = async (name: string) => {
    const { id } = await office.db
      .selectFrom('api_token')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return `token:${id}`
  }
  return {
    ...office,
    grants,
    idOf,
    orderAt: (outletId: string) => office.make({ type: 'STOCKTAKE', outletId }),
    takeBack: async (actor: string, role: string, outletId: string | null) => {
      const { data } = await (await grants.$get({ query: { actor, role } })).json()
      const found = data.find((one) => one.outletId === outletId)
      if (found) await grants[':id'].$delete({ param: { id: found.id } })
    },
    /** Somebody with these rights at the most, and a role. */
    place: async (name: string, scopes: readonly Right[], role: string, outletId: string | null) => {
      const headers = await office.hire(name, ...scopes)
      await give(office, { actor: await idOf(name), role, outletId })
      return headers
    },
  }
}

async function give({ api }: Office, json: { actor: string; role: string; outletId: string | null }) {
  const answer = await api.api.v1['role-grants'].$post({ json })
  assert.equal(answer.status, 201, JSON.stringify(await answer.json()))
}
