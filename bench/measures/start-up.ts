import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findOccupant } from '#src/ops/occupancy.ts'
import { startConsign } from '#test/process.ts'
import { seconds, type Figure, type Size } from '../measure.ts'

const limitMs = 30_000

/** From nothing to a server that answers, and to a whole mirror; then the second start on the same folder. */
export async function measureStartUp({ scale }: Size): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-start-'))
  chmodSync(dataDir, 0o711)
  try {
    const first = await timeStart(dataDir, scale)
    const second = await timeStart(dataDir, scale)
    return [
      figure('first start, until requests are answered', first.answersMs),
      figure(`first start, until the simulated ${scale} is mirrored`, first.readyMs),
      figure('second start, until requests are answered', second.answersMs),
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function figure(what: string, ms: number): Figure {
  return { what, ratio: ms / limitMs, limit: 'under 1.0 (30 s)', detail: seconds(ms) }
}

async function timeStart(dataDir: string, scale: string): Promise<{ answersMs: number; readyMs: number }> {
  const started = performance.now()
  const settings = { CONSIGN_DATA_DIR: dataDir, PORT: '0', SIM_SCALE: scale }
  await using consign = startConsign(['start'], settings)
  while (!(await answers(findOccupant(dataDir)?.url))) await sleep(20)
  const answersMs = performance.now() - started
  while (!consign.printed().includes('Ready')) await sleep(20)
  const readyMs = performance.now() - started
  await consign.end('SIGTERM')
  return { answersMs, readyMs }
}

async function answers(url: string | null | undefined): Promise<boolean> {
  if (!url) return false
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
  return answer?.ok === true
}
