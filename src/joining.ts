import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { Refusal } from './kernel/refusal.ts'
import { findOccupant, type Occupancy } from './ops/occupancy.ts'

/** A process that comes in beside others takes nothing for itself. Throws a Refusal with the cure when it cannot. */
export function joinOthers({ lightspeed }: Config): Occupancy {
  if (lightspeed.kind !== 'simulator') return { announce: () => {}, leave: () => {} }
  throw new Refusal(
    'misconfigured',
    'worker_needs_lightspeed',
    'A worker of its own needs a Lightspeed in its settings: the simulated retailer belongs to the process of `consign start`, which does its jobs too.',
  )
}

/** The embedded database of the Consign that runs on the data folder. */
export function urlOfRunning({ dataDir }: Config): string {
  const file = join(dataDir, 'database-url')
  if (findOccupant(dataDir) && existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Refusal(
    'misconfigured',
    'worker_needs_database',
    `No Consign runs on ${dataDir}: start \`consign server\` first, or set DATABASE_URL for all of them.`,
  )
}
