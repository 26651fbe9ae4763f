import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../kernel/refusal.ts'
import { countIn } from './copying.store.ts'
import { manifestFile, nameOf, readManifest, readSums, sumsFile, type Manifest } from './manifest.ts'

/** What is wrong with a file of a backup. */
type Fault = { file: string; message: string }

/** `manifest` is null where there is none that can be read. */
export type Checked = { manifest: Manifest | null; faults: Fault[] }

/**
 * Looks at each file of a backup, without a database: whether it is there, as long as it was, the same bytes, and (with `counts`)
 * has as many rows as were written. Throws a Refusal where there is no folder.
 */
export async function checkBackup(folder: string, { counts }: { counts: boolean }): Promise<Checked> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Refusal('not_found', 'backup_unknown', `There is no backup ${folder}: give the folder of one`)
  if (![manifestFile, sumsFile, 'tables'].some((part) => existsSync(join(folder, part))))
    throw new Refusal(
      'not_found',
      'backup_unknown',
      `There is no backup in ${folder}: \`consign backup --to\` makes one`,
    )
  const missing = [manifestFile, sumsFile].find((file) => !existsSync(join(folder, file)))
  if (missing !== undefined)
    return { manifest: null, faults: [{ file: missing, message: 'is missing: this backup was never finished' }] }
  const sums = readSums(readFileSync(join(folder, sumsFile), 'utf8'))
  const manifestFault = await faultOf(folder, manifestFile, { sums, bytes: undefined })
  const manifest = readManifest(readFileSync(join(folder, manifestFile), 'utf8'))
  if (manifestFault) return { manifest: null, faults: [manifestFault] }
  if ('wrong' in manifest)
    return { manifest: null, faults: [{ file: manifestFile, message: `cannot be understood: ${manifest.wrong}` }] }
  const faults = [...(await faultsOfFiles(folder, manifest, sums)), ...strangers(folder, manifest)]
  const named = new Set(faults.map(({ file }) => file))
  const counted = counts ? await faultsOfRows(folder, manifest, named) : []
  return { manifest, faults: [...faults, ...counted] }
}

async function faultsOfFiles(folder: string, { tables, files }: Manifest, sums: Map<string, string>): Promise<Fault[]> {
  const expected = [
    ...tables.map(({ file, fileBytes }) => ({ file, bytes: fileBytes })),
    ...files.map(({ path, bytes }) => ({ file: `data/${path}`, bytes })),
  ]
  const faults: Fault[] = []
  for (const { file, bytes } of expected) {
    const fault = await faultOf(folder, file, { sums, bytes })
    if (fault) faults.push(fault)
  }
  return faults
}

type Expected = { sums: Map<string, string>; bytes: number | undefined }

async function faultOf(folder: string, file: string, { sums, bytes }: Expected): Promise<Fault | undefined> {
  const path = join(folder, file)
  if (!existsSync(path)) return { file, message: 'is missing' }
  const { size } = statSync(path)
  if (bytes !== undefined && size < bytes) return { file, message: `was cut off: ${size} bytes are left of ${bytes}` }
  if (bytes !== undefined && size > bytes) return { file, message: `has grown: ${size} bytes instead of ${bytes}` }
  if ((await sha256Of(path)) === sums.get(file)) return undefined
  return { file, message: sums.has(file) ? 'was changed: its checksum is another one' : `has no line in ${sumsFile}` }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Only the tables: `data/` may be added to by whoever keeps notes there, and is restored by name. */
function strangers(folder: string, { tables }: Manifest): Fault[] {
  const known = new Set(tables.map(({ file }) => file))
  const present = readdirSync(join(folder, 'tables')).map((name) => `tables/${name}`)
  return present.filter((file) => !known.has(file)).map((file) => ({ file, message: 'does not belong to this backup' }))
}

async function faultsOfRows(folder: string, { tables }: Manifest, named: ReadonlySet<string>): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const table of tables.filter(({ file }) => !named.has(file))) {
    const { file } = table
    const through = await countIn(join(folder, file)).catch((error: unknown) => String(error))
    if (typeof through === 'string') faults.push({ file, message: `cannot be unpacked: ${through}` })
    else if (through.rows !== table.rows)
      faults.push({ file, message: `holds ${through.rows} rows of ${nameOf(table)} instead of ${table.rows}` })
  }
  return faults
}
