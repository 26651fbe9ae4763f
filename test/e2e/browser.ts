import { after } from 'node:test'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from './chromium.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

export type Sight = { width?: number; height?: number; colorScheme?: 'light' | 'dark' }

export type Visitor = AsyncDisposable & {
  page: Page
  /** What the page complained about: errors in its console, exceptions, requests to anywhere but this machine. */
  complaints: string[]
}

/** A person with a fresh profile, at a desk unless told otherwise. The browser can reach 127.0.0.1 only. */
export async function openBrowser({ width = 1280, height = 900, colorScheme = 'light' }: Sight = {}): Promise<Visitor> {
  running ??= launch()
  const context = await (
    await running
  ).newContext({ viewport: { width, height }, colorScheme, locale: 'en-NZ', timezoneId: 'Pacific/Auckland' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  return { page, complaints: complaintsOf(page), [Symbol.asyncDispose]: () => context.close() }
}

let running: Promise<Browser> | undefined

after(async () => (await running)?.close())

async function launch(): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, headless: true, args: flags })
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && hostname !== '127.0.0.1') complaints.push(`request: ${request.url()}`)
  })
  return complaints
}
