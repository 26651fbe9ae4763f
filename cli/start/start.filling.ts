import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { exitCodes } from '../exit.ts'
import type { Output } from '../output.ts'
import { exitCodeOfRun, runReport } from '../sync/run.report.ts'
import { viewOn } from '../sync/run.view.ts'
import { watchRun } from '../sync/run.watch.ts'

/** The same in every start, so that a start after a stop in the middle goes on with the sync that the first one asked for. */
const firstRunId = '5f1d57c0-0000-4000-8000-000000000001'

/** Fills the mirror, with its progress on the screen. What fails is said, and tried again by the server's own schedule. */
export async function firstSync(api: Client, interrupted: AbortSignal, out: Output): Promise<void> {
  out.say('\nFirst sync: the mirror is being filled …')
  const id = await askForFirstRun(api)
  const { run, isOver } = await watchRun({ api, id, view: viewOn(out.aside), interrupted })
  if (!isOver) return out.say('The first sync goes on at the next start.')
  out.say(runReport(run, out.aside, new Date()))
  if (exitCodeOfRun(run) !== exitCodes.done)
    out.say('What failed is tried again by itself; `consign audit sync-status` shows how it goes.')
}

async function askForFirstRun(api: Client): Promise<string> {
  const ask = async (id: string) => parseResponse(api.api.v1.sync.runs.$post({ json: { id } }))
  const { id } = await ask(firstRunId)
  const run = await parseResponse(api.api.v1.sync.runs[':id'].$get({ param: { id } }))
  return run.finishedAt === null ? id : (await ask(randomUUID())).id
}
