import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adminToken, openShop } from '#test/shop.ts'

test('a path that is there, asked in a way that it is not, tells which ways there are', async () => {
  await using shop = await openShop()
  const headers = { authorization: `Bearer ${adminToken}` }
  const refusal = async (method: string, path: string) => {
    const { status, headers: told } = await shop.app.request(`/api/v1/${path}`, { method, headers })
    return `${status} ${told.get('allow') ?? ''}`
  }
  assert.equal(await refusal('DELETE', 'jobs'), '405 GET, HEAD')
  assert.equal(await refusal('PUT', 'tokens'), '405 GET, POST, HEAD')
  assert.equal(await refusal('GET', 'dead-letters/retries'), '405 POST')
  assert.equal(await refusal('GET', 'sync/runs'), '405 POST')
  assert.equal(await refusal('POST', 'sync/brands/rejected'), '405 GET, HEAD')
  assert.equal(await refusal('PUT', 'session'), '405 GET, POST, DELETE, HEAD')
  assert.equal(await refusal('POST', 'mirror/products/7'), '405 GET, HEAD')
  assert.equal(await refusal('HEAD', 'jobs'), '200 ')
  assert.equal(await refusal('GET', 'nothing'), '404 ')
  assert.equal(await refusal('POST', 'mirror'), '404 ')
  const stranger = await shop.app.request('/api/v1/jobs', { method: 'DELETE' })
  assert.equal(stranger.status, 401)
})
