import { parseResponse } from 'hono/client'
import type { Run } from '#src/mirror/runs.actions.ts'
import type { Client } from '../client.ts'
import { exitCodes, Interrupted, type ExitCode } from '../exit.ts'
import type { Output } from '../output.ts'
import { exitCodeOfRun, runReport } from './run.report.ts'
import { followRun } from './run.stream.ts'
import type { RunView } from './run.view.ts'

export type Watching = { api: Client; id: string; view: RunView; interrupted: AbortSignal }

/** Shows a run until it is finished; on Ctrl-C stops watching and answers with `isOver: false`. */
export async function watchRun({ api, id, view, interrupted }: Watching): Promise<{ run: Run; isOver: boolean }> {
  let last: Run | undefined
  try {
    const onBreak = (reason: string) => view.note(`The connection to the server broke (${reason}); trying again …`)
    for await (const run of followRun(api, id, { signal: interrupted, onBreak })) {
      last = run
      view.show(run)
    }
  } catch (error) {
    if (!(interrupted.aborted && interrupted.reason instanceof Interrupted)) throw error
  } finally {
    view.end()
  }
  last ??= await parseResponse(api.api.v1.sync.runs[':id'].$get({ param: { id } }))
  return { run: last, isOver: last.finishedAt !== null }
}

/** The end of a watched run, in words or as JSON. After Ctrl-C it is said who goes on with it, and how to look again. */
export function concludeRun({ run, isOver }: { run: Run; isOver: boolean }, out: Output, url: string | null): ExitCode {
  out.result(run, (screen) => runReport(run, screen, new Date()))
  if (isOver) return exitCodeOfRun(run)
  out.say(
    url === null
      ? 'Stopped. What was read is kept; the rest is read by the next `consign start` or `consign sync`.'
      : `The sync goes on at ${url}. To watch it again: consign sync follow ${run.id}`,
  )
  return exitCodes.interrupted
}
