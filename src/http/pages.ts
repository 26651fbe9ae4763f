import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Env } from './env.ts'

const folder = join(import.meta.dirname, '../../dist/web')

/** The web app: built files, and its one page for every other address that a person may open. */
export function pages() {
  const root = { root: folder }
  return new Hono<Env>()
    .use('/assets/*', async (c, next) => {
      await next()
      if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable')
    })
    .use('/assets/*', serveStatic(root))
    .get('*', async (c, next) => {
      if (/^\/(api|health|webhooks|metrics)(\/|$)/.test(c.req.path) || /\.\w+$/.test(c.req.path)) return next()
      if (!existsSync(join(folder, 'index.html')))
        return c.text('The pages are not built yet: run `npm run build`.', 503)
      c.header('cache-control', 'no-cache')
      return c.html(await readFile(join(folder, 'index.html'), 'utf8'))
    })
    .use('*', serveStatic(root))
}
