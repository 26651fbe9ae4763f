import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineOf, openMirroredPages, visit } from './visit.ts'

test('the rows of an entity are leafed through, and one is read whole', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await lineOf(page, 'products').getByRole('link', { name: 'Products' }).click()
  await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor()
  const names = page.locator('.row-name')
  const first = (await names.first().textContent()) ?? ''
  assert.equal(await names.count(), 50)
  await page.getByRole('button', { name: 'Next' }).click()
  await names.first().filter({ hasNotText: first }).waitFor()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await names.first().filter({ hasText: first }).click()
  const drawer = page.getByRole('dialog', { name: first })
  await drawer
    .getByText(/"sku": /)
    .first()
    .waitFor()
  await drawer.getByText('As Lightspeed sent it').waitFor()
  await page.keyboard.press('Escape')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Mirror' }).waitFor()
})
