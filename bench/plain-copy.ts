import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Child, Entity } from '#src/mirror/entity.ts'
import { childColumnsOf, columnsOf } from '#src/mirror/reading.ts'
import { copyCommand, pageOf } from './copying.ts'

type Fields = Record<string, unknown>

/**
 * What a script of one screen would do: parse the pages, write each value as it is, COPY. It checks nothing, sees no
 * duplicate, and has no cursor. Returns milliseconds.
 */
export async function copyPlainly(databaseUrl: string, entity: Entity, bodies: readonly Buffer[]): Promise<number> {
  const client = new Client(databaseUrl)
  await client.connect()
  try {
    await client.query("set consign.cause = 'backfill'")
    const lists: string[][] = entity.children.map(() => [])
    const started = performance.now()
    await client.query('begin')
    await copyLines(client, entity.table, columnsOf(entity), encodePages(entity, bodies, lists))
    for (const [index, child] of entity.children.entries())
      await copyLines(client, child.table, childColumnsOf(child), lists[index] ?? [])
    await client.query('commit')
    return performance.now() - started
  } finally {
    await client.end()
  }
}

async function copyLines(client: Client, table: string, columns: string[], lines: Iterable<string>) {
  await pipeline(Readable.from(lines), client.query(copyFrom(copyCommand(`mirror."${table}"`, columns))))
}

function* encodePages(entity: Entity, bodies: readonly Buffer[], lists: string[][]) {
  const columns = columnsOf(entity)
  for (const body of bodies) {
    const records = pageOf(body).data.filter(isFields)
    yield records.map((record) => lineOf(columns, { ...record, raw: record })).join('')
    for (const [index, child] of entity.children.entries())
      lists[index]?.push(records.map((record) => childLinesOf(child, record)).join(''))
  }
}

function childLinesOf(child: Child, owner: Fields): string {
  const items = owner[child.from]
  if (!Array.isArray(items)) return ''
  const columns = childColumnsOf(child)
  const { id, version, deleted_at } = owner
  return items
    .filter(isFields)
    .map((item, position) => lineOf(columns, { ...item, [child.owner]: id, position, version, deleted_at, raw: item }))
    .join('')
}

function lineOf(columns: string[], values: Fields): string {
  return `${columns.map((column) => fieldOf(values[column])).join('\t')}\n`
}

function fieldOf(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
