import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { makeFolders } from '../ops/data-dir.ts'

/** A backup that is being made: under a name that is none of a backup's until all of it lies on the disk. */
export type HalfBackup = {
  name: string
  /** Where it is written. */
  path: string
  /** Gives it its name. Returns the path. */
  finish(): string
  discard(): void
}

const half = /^consign-.+\.half$/
const whole = /^consign-(\d{8}T\d{6}Z)(?:-(\d+))?\.backup$/

/** Begins a backup in a folder, which is made if need be. Throws a Refusal with the cure where it cannot be written. */
export function beginBackup(to: string, now: Date): HalfBackup {
  try {
    makeFolders(to)
    removeDeadHalves(to, now)
    const name = nextName(to, now)
    const path = join(to, `${name}.${process.pid}.half`)
    mkdirSync(path, { mode: 0o700 })
    for (const part of ['tables', 'data']) mkdirSync(join(path, part), { mode: 0o700 })
    const finish = () => {
      for (const folder of [join(path, 'tables'), join(path, 'data'), path]) flush(folder)
      renameSync(path, join(to, name))
      flush(to)
      return join(to, name)
    }
    return { name, path, finish, discard: () => rmSync(path, { recursive: true, force: true }) }
  } catch (error) {
    throw unwritten(to, error)
  }
}

/** Whole backups in a folder, oldest first, by their names alone. */
export function listBackups(to: string): string[] {
  const names = readdirSync(to).filter((name) => whole.test(name))
  return names.toSorted(byAge).map((name) => join(to, name))
}

/** The newest in a folder of backups; of any other folder, itself. */
export function newestIn(folder: string): string {
  const isDirectory = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  return (isDirectory && listBackups(folder).at(-1)) || folder
}

/** Of one second the first has no number, the next is `-2`. */
function byAge(one: string, other: string): number {
  const [time, number] = partsOf(one)
  const [otherTime, otherNumber] = partsOf(other)
  return time.localeCompare(otherTime, 'en') || number - otherNumber
}

function partsOf(name: string): [string, number] {
  const [, time = '', number = '1'] = whole.exec(name) ?? []
  return [time, Number(number)]
}

/** What the disk said no to, as a Refusal with its cure; anything else as it is. */
export function unwritten(to: string, error: unknown): unknown {
  const reason =
    error instanceof Error && 'syscall' in error && 'code' in error ? reasons[String(error.code)] : undefined
  if (reason === undefined) return error
  return new Refusal(
    'misconfigured',
    'backup_not_written',
    `The backup cannot be written to ${to}: ${reason}. Nothing half is left there.`,
  )
}

const otherFolder = 'or give another folder with --to'
const reasons: Record<string, string> = {
  ENOSPC: `the disk is full: free some space, ${otherFolder}`,
  EDQUOT: `this account may store no more there: free some space, ${otherFolder}`,
  EROFS: `its disk is read-only: give another folder with --to`,
  EACCES: `this account may not write there: change its owner, ${otherFolder}`,
  EPERM: `this account may not write there: change its owner, ${otherFolder}`,
  ENOENT: `no folder can be made there: give another one with --to`,
  ENOTDIR: `something on the way is a file: give a folder with --to`,
  EEXIST: `it is a file: give a folder with --to`,
}

/** A name that was there and is gone is not given again: the newest would be taken for the oldest. */
function nextName(to: string, now: Date): string {
  const time = now.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  const sameSecond = listBackups(to)
    .map((path) => partsOf(basename(path)))
    .filter(([made]) => made === time)
  const [, last] = sameSecond.at(-1) ?? [time, 0]
  return `consign-${time}${last === 0 ? '' : `-${last + 1}`}.backup`
}

const deadAfterMs = 60 * 60_000

/** What a killed backup left behind. Nobody writes to it for an hour: it is dead, on whichever machine it was begun. */
function removeDeadHalves(to: string, now: Date) {
  for (const name of readdirSync(to).filter((entry) => half.test(entry))) {
    const folder = join(to, name)
    if (now.getTime() - lastTouched(folder) > deadAfterMs) rmSync(folder, { recursive: true, force: true })
  }
}

function lastTouched(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
  return Math.max(...[folder, ...files].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0))
}

/** A file's name lies in its folder, which has to reach the disk too. */
function flush(folder: string) {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
