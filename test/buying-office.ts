import assert from 'node:assert/strict'
import { hub, openOffice, type Office } from './office.ts'

type Decision = 'submit' | 'approve' | 'reject' | 'request_changes' | 'withdraw'

/** An order that the manager has approved, and its line. */
export async function approvedOrder(office: Awaited<ReturnType<typeof openBuyingOffice>>) {
  const {
    id,
    lines: [line],
  } = await office.order()
  await office.decide(id, 'submit')
  await office.decide(id, 'approve', office.manager)
  return { id, line }
}

/** The office with a store manager of the hub and a director. */
export async function openBuyingOffice() {
  const office = await openOffice()
  const staff = ['consignments:read', 'consignments:edit', 'consignments:approve', 'costs:read'] as const
  const manager = await office.hire('manager', ...staff)
  const director = await office.hire('director', ...staff)
  const grants = office.api.api.v1['role-grants']
  await grants.$post({ json: { actor: await idOf(office, 'manager'), role: 'store_manager', outletId: hub } })
  await grants.$post({ json: { actor: await idOf(office, 'director'), role: 'director' } })
  const ask = (id: string, decision: Decision, headers: Record<string, string> = {}, reason?: string) =>
    office.consignments[':id'].approval.$post(
      { param: { id }, json: { decision, ...(reason === undefined ? {} : { reason }) } },
      { headers },
    )
  return {
    ...office,
    manager,
    director,
    ask,
    idOf: (name: string) => idOf(office, name),
    decide: async (...said: Parameters<typeof ask>) => {
      const answer = await ask(...said)
      assert.equal(answer.status, 200, JSON.stringify(await answer.clone().json()))
      return answer.json()
    },
  }
}

async function idOf({ db }: Office, name: string): Promise<string> {
  const { id } = await db.selectFrom('api_token').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return `token:${id}`
}
