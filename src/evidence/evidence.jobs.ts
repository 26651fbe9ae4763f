import type { Job } from '../jobs/handler.ts'
import { ageEvidence, sweepFiles } from './aging.actions.ts'
import { sweepIncoming } from './incoming.ts'

const dayMs = 24 * 3_600_000

/** Every night: archives, erases, and sweeps what nothing refers to. */
export async function pruneEvidence({ house, context, signal }: Job<'evidence.prune'>) {
  const { config, storage } = house
  await ageEvidence(context, config.evidence, signal)
  await sweepFiles(context, storage, signal)
  await sweepIncoming(config.dataDir, new Date(Date.now() - dayMs))
}
