import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { addressOf, openMirroredPages, openPages, visit, words } from './visit.ts'

test('on a phone nothing sticks out to the side', async () => {
  await using shop = await openMirroredPages()
  const width = 360
  await using visitor = await visit(shop, { width, height: 740 })
  const { page } = visitor
  for (const path of ['/', '/mirror/products', '/admin/sync-status', '/nowhere']) {
    await page.goto(addressOf(shop, path))
    await page.locator('.entities, .rows, .cursors, main > p').first().waitFor()
    assert.equal(await page.locator('html').evaluate((html) => html.scrollWidth), width, path)
  }
})

test('no page complains, or asks anyone else than its own server', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page, complaints } = visitor
  await page.getByRole('button', { name: 'Sync now', exact: true }).click()
  await words(page, /^Sync finished/).waitFor()
  await page.getByRole('link', { name: 'Sales', exact: true }).click()
  await page.locator('.row-name').first().click()
  await page.getByRole('dialog').waitFor()
  await page.goto(addressOf(shop, '/admin/sync-status'))
  await page.getByText('Live', { exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})

test('who listens to a page instead of looking at it finds their way', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  for (const path of ['/', '/mirror/sales', '/admin/sync-status']) {
    await page.goto(addressOf(shop, path))
    await page.getByRole('table').first().waitFor()
    assert.deepEqual(await namelessControls(page), [])
    assert.deepEqual(await headingsOutOfOrder(page), [])
    assert.equal(await page.getByRole('main').count(), 1)
    assert.ok((await page.getByRole('columnheader').count()) > 3)
  }
})

test('all can be done by keyboard, and the focus is always seen', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await focusByTab(page, 'Sync now')
  await page.keyboard.press('Enter')
  await words(page, /^Sync finished/).waitFor()
  assert.equal(await nameOf(page.locator(':focus')), 'Sync now', 'the focus stays where it was')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem').waitFor()
  while (!(await page.locator('[role=menuitem]:focus').count())) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Read everything again?' }).waitFor()
})

test('the page is dark where the visitor’s machine is', async () => {
  await using shop = await openPages()
  for (const colorScheme of ['light', 'dark'] as const) {
    await using visitor = await visit(shop, { colorScheme })
    const ground = await styleOf(visitor.page.locator('body'), 'backgroundColor')
    const brightness = Math.max(...(ground.match(/\d+/g) ?? []).slice(0, 3).map(Number))
    assert.equal(brightness < 128 ? 'dark' : 'light', colorScheme)
  }
})

async function namelessControls(page: Page): Promise<string[]> {
  const nameless: string[] = []
  for (const control of await page.locator('a, button, input, select, textarea').filter({ visible: true }).all()) {
    const isNamed = /^- \w+ "/.test(await control.ariaSnapshot())
    if (!isNamed) nameless.push(await control.evaluate((element) => element.outerHTML))
  }
  return nameless
}

async function headingsOutOfOrder(page: Page): Promise<string[]> {
  const tags = await page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map(({ tagName }) => tagName))
  const levels = tags.map((tag) => Number(tag.slice(1)))
  const mains = levels.filter((level) => level === 1).length
  if (mains !== 1) return [`${mains} main headings`]
  return tags.filter((_, place) => (levels[place] ?? 0) > (levels[place - 1] ?? 0) + 1)
}

async function focusByTab(page: Page, name: string) {
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    const said = await nameOf(page.locator(':focus'))
    assert.notEqual(await styleOf(page.locator(':focus'), 'outlineStyle'), 'none', `the focus on “${said}” is not seen`)
    if (said === name) return
  }
  assert.fail(`${name} is not reached by the keyboard`)
}

async function nameOf(element: Locator): Promise<string> {
  return (await element.getAttribute('aria-label')) ?? (await element.textContent()) ?? ''
}

function styleOf(element: Locator, property: 'outlineStyle' | 'backgroundColor'): Promise<string> {
  return element.evaluate((one, name) => String(one.ownerDocument.defaultView?.getComputedStyle(one)[name]), property)
}
