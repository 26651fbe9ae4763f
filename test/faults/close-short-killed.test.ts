import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFolder } from '#test/folder.ts'
import { adminToken } from '#test/shop.ts'
import { cups, milk, openOffice, tea, type Office } from '#test/office.ts'
import { startConsign } from '#test/process.ts'
import { casesOf, count, mustAddUp, orderBeingReceived } from '#test/receiving-yard.ts'

test('killed while orders are closed short: each is closed with one back-order and its cases, or not at all', async () => {
  await using office = await openOffice()
  const ids: string[] = []
  for (let made = 0; made < 6; made += 1) ids.push(await waitingForRest(office))
  using folder = openFolder()
  await using consign = startConsign(['server'], { ...office.settings, CONSIGN_DATA_DIR: folder.path })
  const url = await consign.url()
  const asked = ids.map((id) => close(url, id))
  await Promise.any(asked)
  await consign.end('SIGKILL')
  await Promise.allSettled(asked)
  const statuses: string[] = []
  for (const id of ids) {
    const { status, children } = await office.show(id)
    const cases = await casesOf(office, id)
    statuses.push(status)
    assert.deepEqual([children.length, cases.length], status === 'CLOSED' ? [1, 3] : [0, 0], status)
  }
  assert.ok(statuses.includes('CLOSED'))
  for (const id of ids) {
    await office.move(id, 'CLOSED')
    const { status, children } = await office.show(id)
    assert.deepEqual([status, children.length], ['CLOSED', 1])
  }
  await mustAddUp(office.db)
})

function close(url: string, id: string) {
  return fetch(`${url}/api/v1/consignments/${id}/transitions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to: 'CLOSED' }),
  })
}

async function waitingForRest(office: Office): Promise<string> {
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 6, [cups]: 4 })
  await count(office, id, { [tea]: { good: 8 } })
  await office.walk(id, 'PARTIAL')
  const json = { decisions: [], others: 'back_order' as const }
  assert.equal((await office.consignments[':id'].decisions.$put({ param: { id }, json })).status, 200)
  return id
}
