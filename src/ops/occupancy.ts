import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

const occupant = z.object({ pid: z.int(), born: z.string(), url: z.string().nullable() })

export type Occupant = z.infer<typeof occupant>

export type Occupancy = { announce: (url: string) => void; leave: () => void }

/**
 * One Consign a data folder. What a killed one left behind is recognised by its process being gone (or another one
 * having got its number) and cleared away.
 */
export function occupy(dataDir: string): Occupancy {
  const file = join(dataDir, 'server.json')
  const mine: Occupant = { pid: process.pid, born: birthOf(process.pid), url: null }
  const half = `${file}.${process.pid}`
  writeFileSync(half, JSON.stringify(mine), { mode: 0o600 })
  try {
    if (!link(half, file)) {
      const present = findOccupant(dataDir)
      if (present) throw occupied(present)
      rmSync(file, { force: true })
      if (!link(half, file)) throw occupied(findOccupant(dataDir) ?? mine)
    }
  } finally {
    rmSync(half, { force: true })
  }
  const announce = (url: string) => {
    writeFileSync(half, JSON.stringify({ ...mine, url }), { mode: 0o600 })
    renameSync(half, file)
  }
  return { announce, leave: () => rmSync(file, { force: true }) }
}

/** The Consign that runs on a data folder now. */
export function findOccupant(dataDir: string): Occupant | undefined {
  const file = join(dataDir, 'server.json')
  if (!existsSync(file)) return undefined
  const parsed = occupant.safeParse(readJson(file))
  return parsed.success && birthOf(parsed.data.pid) === parsed.data.born ? parsed.data : undefined
}

/** Throws a Refusal that names the Consign that runs on a data folder. */
export function requireVacant(dataDir: string) {
  const present = findOccupant(dataDir)
  if (present) throw occupied(present)
}

/** When a process was started, in the kernel's own count where it tells (Linux); '' when there is no such process. */
function birthOf(pid: number): string {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return ''
  }
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return 'alive'
  return readFileSync(stat, 'utf8').split(') ')[1]?.split(' ')[19] ?? 'alive'
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function occupied({ pid, url }: Occupant): Refusal {
  const where = url ? `at ${url}` : 'and is still starting, or does a command'
  return new Refusal(
    'conflict',
    'already_running',
    `Consign already runs on this data folder ${where} (process ${pid}).`,
    { pid, url },
  )
}
