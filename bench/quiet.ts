import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchServer } from './postgres.ts'
import { cpuSecondsBelow, ticksASecond } from './process-stat.ts'

export type Rounds<Round> = { rounds: Round[]; foreign: string }

const tolerableShare = 0.08
const extraRounds = 2
const longestWaitMs = 10_000

/**
 * So many rounds, each begun in a quiet moment if one comes within ten seconds, and up to two more if others used the
 * machine meanwhile: the quietest are kept. `foreign` says how much of the machine others had in these.
 */
export async function quietly<Round>(
  server: BenchServer,
  wanted: number,
  measure: () => Promise<Round>,
): Promise<Rounds<Round>> {
  const done: { round: Round; share: number }[] = []
  const quiet = () => done.filter(({ share }) => share <= tolerableShare).length
  while (quiet() < wanted && done.length < wanted + extraRounds) {
    await quietMoment(server)
    const shareSince = watchOthers(server)
    const round = await measure()
    done.push({ round, share: shareSince() })
  }
  const kept = done.toSorted((one, other) => one.share - other.share).slice(0, wanted)
  const worst = Math.max(...kept.map(({ share }) => share))
  return {
    rounds: kept.map(({ round }) => round),
    foreign: `others had up to ${Math.round(worst * 100)} % of the machine`,
  }
}

async function quietMoment(server: BenchServer) {
  const until = performance.now() + longestWaitMs
  for (let share = 1; share > tolerableShare && performance.now() < until;) {
    const shareSince = watchOthers(server)
    await sleep(500)
    share = shareSince()
  }
}

/** Returns what tells the share of the machine that others have used since. */
function watchOthers(server: BenchServer): () => number {
  const ours = () => cpuSecondsBelow(process.pid) + server.cpuSeconds()
  const [startedAt, allBefore, oursBefore] = [performance.now(), cpuSecondsOfMachine(), ours()]
  return () => {
    const capacity = ((performance.now() - startedAt) / 1000) * availableParallelism()
    return Math.max(0, cpuSecondsOfMachine() - allBefore - (ours() - oursBefore)) / capacity
  }
}

/** User, nice, system and interrupts of all cores; idle and stolen time is nobody's. */
function cpuSecondsOfMachine(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1)
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = line.split(/\s+/).map(Number)
  return (user + nice + system + irq + softIrq) / ticksASecond
}
