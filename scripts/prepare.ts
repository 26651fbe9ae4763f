import { existsSync, lstatSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Run by npm after an install: builds the pages and makes `npx consign` work in a checkout. */
const root = join(import.meta.dirname, '..')
const link = join(root, 'node_modules/.bin/consign')

if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link)
symlinkSync('../../cli/consign', link)

if (existsSync(join(root, 'node_modules/vite')) && existsSync(join(root, 'web/vite.config.ts'))) {
  const { build } = await import('vite')
  await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' })
}
