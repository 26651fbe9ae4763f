import { z } from 'zod'

/** The form of a backup's folder; a change that an older Consign could not read makes it 2. */
export const format = 1

export const manifestFile = 'manifest.json'
export const sumsFile = 'SHA256SUMS'

const name = z.string().min(1).max(63)
const digits = z.string().regex(/^-?\d+$/)
/** Below the backup's folder, or the data folder: never up and out of it. */
const path = z
  .string()
  .regex(/^[^\0\\\n]+$/)
  .refine((text) => !text.split('/').some((part) => part === '' || part === '..' || part === '.'))
/** What PostgreSQL itself writes between `partition of …` and the end, and nothing more: it is run as it stands. */
const bounds = z
  .string()
  .regex(/^(DEFAULT|FOR VALUES (FROM \('[^'\\]*'\) TO \('[^'\\]*'\)|IN \('[^'\\]*'(, '[^'\\]*')*\)))$/)

/** The schemas that are Consign's. */
export const schemaName = z.enum(['public', 'mirror', 'pgboss'])

const table = z.object({
  schema: schemaName,
  name,
  /** Those with data of their own; generated ones are computed again. */
  columns: z.array(name).min(1),
  file: path,
  rows: z.int().min(0),
  /** Independent of the order of rows, computed by PostgreSQL; equal for equal data on every version of it. */
  checksum: digits,
  /** Before compression. */
  bytes: z.int().min(0),
  /** Of the file. */
  fileBytes: z.int().min(0),
  partitions: z.array(z.object({ name, bounds })),
})

export type TableEntry = z.infer<typeof table>

const sequence = z.object({ schema: schemaName, name, lastValue: digits, isCalled: z.boolean() })

const manifest = z.object({
  format: z.literal(format),
  /** Of the Consign that made it. */
  version: z.string(),
  /** The moment that all data is of, by the database's clock. */
  takenAt: z.iso.datetime({ precision: null, offset: true }),
  postgres: z.string(),
  /** Which shop it is of; null before one was connected. */
  retailer: z.string().nullable(),
  /** Migrations that the schema stood at, in their order. */
  migrations: z.array(z.string().regex(/^\d{4}_[a-z0-9_]+$/)).min(1),
  /** Version of pg-boss's own schema. */
  queueVersion: z.int(),
  /** Fits the key that sealed the secrets; null where no key was known. */
  secretKeyPrint: z.string().nullable(),
  tables: z.array(table),
  sequences: z.array(sequence),
  /** Files of the data folder, under `data/` in the backup. */
  files: z.array(z.object({ path, bytes: z.int().min(0) })),
  /** The bucket that holds photos and signatures, which are then not among the files. */
  photosIn: z.string().nullable().default(null),
})

export type Manifest = z.infer<typeof manifest>

/** What is wrong with a manifest, in words; or the manifest. */
export function readManifest(text: string): Manifest | { wrong: string } {
  const read = manifest.safeParse(jsonOf(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  return { wrong: issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'it cannot be read' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lines as `sha256sum` writes and checks them. */
export function sumsText(sums: ReadonlyMap<string, string>): string {
  return [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join('')
}

export function readSums(text: string): Map<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)
  return new Map(Array.from(lines, ([, sum = '', file = '']) => [file, sum]))
}

/** `schema.name`, as people and messages say it. */
export function nameOf(of: { schema: string; name: string }): string {
  return `${of.schema}.${of.name}`
}
