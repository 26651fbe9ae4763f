import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Order = { entities: string[]; full: boolean; pageSize?: number | undefined }

/** What one sync took: from asking for it until it stood in the database as finished. */
export type Outcome = {
  ms: number
  state: string
  pages: number
  fetched: number
  written: number
  cpuSeconds: number
  peakRssMb: number
}

export type Consign = AsyncDisposable & { sync(order: Order): Promise<Outcome> }

export type ConsignParts = { databaseUrl: string; origin: string; flags?: string[] }

/** Consign in a process of its own, on a database and a server of pages. Throws when a sync fails. */
export async function openConsign({ databaseUrl, origin, flags = [] }: ConsignParts): Promise<Consign> {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-'))
  const env = {
    PATH: process.env['PATH'],
    CONSIGN_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LIGHTSPEED_BASE_URL: origin,
    LIGHTSPEED_TOKEN: 'bench',
    LOG_LEVEL: 'error',
    SYNC_EVERY_SECONDS: '0',
  }
  const child = fork(join(import.meta.dirname, 'sync-process.ts'), [], { env, execArgv: flags })
  const exited = once(child, 'exit')
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), exited.then(() => [undefined])])
    if (message === undefined) throw new Error('The syncing process ended')
    return message
  }
  await answer()
  const sync = async (order: Order) => {
    const coming = answer()
    child.send(order)
    const outcome = await coming
    if (isOutcome(outcome) && outcome.state === 'done') return outcome
    throw new Error(`The sync of ${order.entities.join(', ')} failed: ${JSON.stringify(outcome)}`)
  }
  const close = async () => {
    if (child.connected) child.disconnect()
    await exited
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { sync, [Symbol.asyncDispose]: close }
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'ms' in value && 'state' in value
}
