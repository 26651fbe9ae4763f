import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Entity } from '#src/mirror/entity.ts'
import { childColumnsOf, columnsOf, readRecords } from '#src/mirror/reading.ts'
import type { Pages } from './pages.ts'
import type { BenchServer } from './postgres.ts'

/** Rows of one table as COPY text. */
export type CopyText = { table: string; columns: string[]; chunks: Buffer[] }

/** The bodies of all pages, read once beforehand. */
export async function readBodies({ url, collection }: Pages, pageSize = 5000): Promise<Buffer[]> {
  const bodies: Buffer[] = []
  for (let after = 0; ;) {
    const answer = await fetch(`${url}/api/2.0/${collection}?after=${after}&page_size=${pageSize}`)
    const body = Buffer.from(await answer.arrayBuffer())
    const { data, version } = pageOf(body)
    if (data.length === 0 || version.max === null) return bodies
    bodies.push(body)
    after = version.max
  }
}

type Body = { data: unknown[]; version: { max: number | null } }

export function pageOf(body: Buffer): Body {
  const page: Body = JSON.parse(body.toString())
  return page
}

/** What the mirror would store of these pages, a text a table. */
export function copyTextOf(entity: Entity, bodies: readonly Buffer[]): CopyText[] {
  const own: CopyText = { table: entity.table, columns: columnsOf(entity), chunks: [] }
  const children = entity.children.map((child): CopyText => ({
    table: child.table,
    columns: childColumnsOf(child),
    chunks: [],
  }))
  for (const body of bodies) {
    const { rows } = readRecords(entity, pageOf(body).data)
    own.chunks.push(...rows.lines)
    for (const [index, child] of children.entries()) child.chunks.push(...(rows.lists[index]?.lines ?? []))
  }
  return [own, ...children]
}

export type Cost = { ms: number; cpuSeconds: number }

/** One connection, one transaction, a COPY a table, straight into the mirror's own tables. */
export async function copyRaw(server: BenchServer, databaseUrl: string, texts: readonly CopyText[]): Promise<Cost> {
  const client = new Client(databaseUrl)
  await client.connect()
  try {
    await client.query("set consign.cause = 'backfill'")
    const [started, cpuBefore] = [performance.now(), server.cpuSeconds()]
    await client.query('begin')
    for (const text of texts) await copyInto(client, `mirror."${text.table}"`, text)
    await client.query('commit')
    return { ms: performance.now() - started, cpuSeconds: server.cpuSeconds() - cpuBefore }
  } finally {
    await client.end()
  }
}

export async function copyInto(client: Client, target: string, { columns, chunks }: CopyText) {
  await pipeline(Readable.from(chunks), client.query(copyFrom(copyCommand(target, columns))))
}

export function copyCommand(target: string, columns: readonly string[]): string {
  return `copy ${target} (${columns.map((column) => `"${column}"`).join(', ')}) from stdin`
}
