import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'
import { adminToken } from '#test/shop.ts'
import { openBrowser } from './browser.ts'
import { addressOf, openPages, signIn, visit } from './visit.ts'

test('the page of a real retailer asks who comes, and lets in by the token only', async () => {
  await using shop = await openPages()
  await using visitor = await openBrowser()
  const { page } = visitor
  await page.goto(addressOf(shop))
  await page.getByText('admin-token').waitFor()
  assert.equal(await page.locator('table').count(), 0)
  await signIn(page, 'a token that somebody guessed')
  await page.getByText('This token is not known here, or it has expired').first().waitFor()
  assert.equal(await page.locator('table').count(), 0)
  await signIn(page, adminToken)
  await page.getByRole('row', { name: /^Products/ }).waitFor()
  await page.reload()
  await page.getByRole('row', { name: /^Products/ }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('Token', { exact: true }).waitFor()
  await page.reload()
  await page.getByLabel('Token', { exact: true }).waitFor()
})

test('whose session has ended is asked in again, wherever they are', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.getByRole('row', { name: /^Products/ }).waitFor()
  await shop.db.deleteFrom('session').execute()
  await page.getByLabel('Token', { exact: true }).waitFor()
})

test('a simulated shop on one’s own machine needs no key, and says plainly that it is none of the real ones', async () => {
  const env = { LIGHTSPEED_BASE_URL: '', LIGHTSPEED_TOKEN: '', SIM_SCALE: 'tiny' }
  await using shop = await openPages({ env })
  await using visitor = await openBrowser()
  const { page } = visitor
  await page.goto(addressOf(shop))
  await page.getByText('This shop is simulated').waitFor()
  await page.getByRole('row', { name: /^Products/ }).waitFor()
})

test('a shop is connected from the page, by the way over Lightspeed and back', async () => {
  await using twin = await openSim({ scale: 'tiny', seed: 1 })
  const env = {
    LIGHTSPEED_TOKEN: '',
    LIGHTSPEED_CLIENT_ID: twin.clientId,
    LIGHTSPEED_CLIENT_SECRET: twin.clientSecret,
  }
  await using shop = await openPages({ env })
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.getByText('Not connected').waitFor()
  await page.goto(`${addressOf(shop)}lightspeed/callback?error=access_denied&state=forged`)

  await page.getByText('The way back from Lightspeed had been used already').waitFor()
  await page.getByRole('link', { name: 'Connect Lightspeed' }).click()
  await page.getByText('Connected', { exact: true }).waitFor()
  await page.getByText(shop.sim.domainPrefix, { exact: true }).waitFor()
})
