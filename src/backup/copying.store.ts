import { createReadStream, createWriteStream } from 'node:fs'
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { PoolClient } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { place } from './snapshot.store.ts'

type Named = { schema: string; name: string; columns: readonly string[] }

/** What went through: bytes before compression, and line ends, of which each row has one. */
export type Through = { bytes: number; rows: number }

type Watch = { signal: AbortSignal; onBytes?: (bytes: number) => void }

/** Level 1 writes twice as fast as the usual 3, for a tenth more bytes; each frame carries a checksum of its own. */
const compression = {
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
}

/** Streams a table into a new file, compressed; the file is on the disk when this returns. Answers the file's SHA-256 too. */
export async function copyOut(
  client: PoolClient,
  table: Named,
  file: string,
  { signal, onBytes }: Watch,
): Promise<Through & { sha256: string }> {
  const through: Through = { bytes: 0, rows: 0 }
  const hash = createHash('sha256')
  const rows = client.query(copyTo(`copy (select ${columnList(client, table)} from ${place(client, table)}) to stdout`))
  await pipeline(
    rows,
    counting(through, onBytes),
    createZstdCompress(compression),
    hashing(hash),
    createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }),
    { signal },
  )
  return { ...through, sha256: hash.digest('hex') }
}

/** Streams a file into its table. */
export async function copyIn(client: PoolClient, table: Named, file: string, watch: Watch): Promise<Through> {
  const through: Through = { bytes: 0, rows: 0 }
  const rows = client.query(copyFrom(`copy ${place(client, table)} (${columnList(client, table)}) from stdin`))
  const { signal, onBytes } = watch
  await pipeline(createReadStream(file), createZstdDecompress(), counting(through, onBytes), rows, { signal })
  return through
}

/** Reads a file to its end and counts, without a database. Throws where it is no whole compressed stream. */
export async function countIn(file: string): Promise<Through> {
  const through: Through = { bytes: 0, rows: 0 }
  await pipeline(createReadStream(file), createZstdDecompress(), counting(through), async (rest) => {
    for await (const chunk of rest) void chunk
  })
  return through
}

function columnList(client: PoolClient, { columns }: Named): string {
  return columns.map((column) => client.escapeIdentifier(column)).join(', ')
}

const lineEnd = 0x0a

/** A line end inside of a value is written as two characters, so each 0x0a ends a row. */
function counting(through: Through, onBytes: (bytes: number) => void = () => {}): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      through.bytes += chunk.length
      for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) through.rows += 1
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
}

function hashing(hash: ReturnType<typeof createHash>): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
}
