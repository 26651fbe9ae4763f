import type { Context } from 'hono'
import type { Env } from './env.ts'

/** The versions that an edit may meet, as `If-Match` names them; undefined where any will do. */
export function versionsAsked(c: Context<Env>): string[] | undefined {
  const given = c.req.header('if-match')?.trim()
  if (given === undefined || given === '*') return undefined
  return given.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'))
}

/** Tells the version of what is answered, to be given back as `If-Match` with an edit. */
export function sayVersion(c: Context<Env>, version: string) {
  c.header('etag', `"${version}"`)
}
