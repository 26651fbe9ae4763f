import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from './folder.ts'
import { manifestFile, readManifest } from './manifest.ts'

/** Removes the oldest backups of a shop until so many are left; those of other shops in the same folder stay. Returns what went. */
export function removeOld(to: string, keep: number, retailer: string | null): string[] {
  const ours = listBackups(to).filter((backup) => isOf(backup, retailer))
  const old = ours.slice(0, Math.max(0, ours.length - keep))
  for (const backup of old) rmSync(backup, { recursive: true, force: true })
  return old
}

function isOf(backup: string, retailer: string | null): boolean {
  const file = join(backup, manifestFile)
  if (!existsSync(file)) return false
  const manifest = readManifest(readFileSync(file, 'utf8'))
  return !('wrong' in manifest) && manifest.retailer === retailer
}
