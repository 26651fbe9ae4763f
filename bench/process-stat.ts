import { readdirSync, readFileSync } from 'node:fs'

export const ticksASecond = 100

/** CPU time of a process and of all its children, living and dead; 0 where the system does not tell (not Linux). */
export function cpuSecondsBelow(parent: number): number {
  const all = everyProcess()
  const own = all.find(({ pid }) => pid === parent)
  if (!own) return 0
  const children = all.filter(({ parentPid }) => parentPid === parent)
  const ticks = children.reduce((sum, child) => sum + child.ticks, own.ticks + own.ticksOfDead)
  return ticks / ticksASecond
}

type Stat = { pid: number; parentPid: number; ticks: number; ticksOfDead: number }

function everyProcess(): Stat[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => statOf(pid) ?? [])
}

function statOf(pid: string): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').map(Number) ?? []
    const [parentPid = 0] = fields.slice(1)
    const [user = 0, system = 0, deadUser = 0, deadSystem = 0] = fields.slice(11)
    return { pid: Number(pid), parentPid, ticks: user + system, ticksOfDead: deadUser + deadSystem }
  } catch {
    return undefined
  }
}
