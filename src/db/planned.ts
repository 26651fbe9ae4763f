import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'

/**
 * Put before the text of a statement that comes again and again with the same words: PostgreSQL then reads and plans it
 * once a connection instead of each time. Only for a handful of texts: each is kept on every connection.
 */
export const planned = '/* planned once */ '

/** Has statements that begin so prepared under a name of their own. */
export function planOnce(client: ClientBase) {
  const ask = client.query.bind(client)
  const query = (statement: unknown, values?: unknown, done?: unknown): unknown =>
    isPlanned(statement)
      ? Reflect.apply(ask, client, [{ name: nameOf(statement), text: statement, values }, done])
      : Reflect.apply(ask, client, [statement, values, done])
  Object.assign(client, { query })
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('md5').update(text).digest('hex')
  names.set(text, name)
  return name
}

function isPlanned(statement: unknown): statement is string {
  return typeof statement === 'string' && statement.startsWith(planned)
}
