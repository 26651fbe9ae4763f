import { setTimeout as sleep } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { DetailedError, parseResponse } from 'hono/client'
import { Refusal } from '#src/kernel/refusal.ts'
import type { Run } from '#src/mirror/runs.actions.ts'
import type { Client } from '../client.ts'
import { isNetworkFailure, reasonOf } from '../exit.ts'

export type Following = {
  signal: AbortSignal
  /** The way to the server broke (why), and is being looked for again. */
  onBreak: (reason: string) => void
  /** How long the server may stay away before we give up. */
  patienceMs?: number
  /** A stream that says nothing for so long may be dead without knowing it: it is opened anew. */
  silenceMs?: number
}

const firstPauseMs = 200
const longestPauseMs = 5_000

/**
 * A run as it goes on, until it is finished. A broken stream is opened again, and begins with where the run stands now.
 * Throws what the server answers for good (such as an unknown run), and a Refusal `unreachable` when patience ends.
 */
export async function* followRun(api: Client, id: string, following: Following): AsyncGenerator<Run, void, undefined> {
  const { signal, onBreak, patienceMs = 120_000, silenceMs = 30_000 } = following
  let lastHeard = performance.now()
  let pauseMs = firstPauseMs
  let isBroken = false
  for (;;) {
    try {
      for await (const run of readEvents(api, id, { signal, silenceMs })) {
        lastHeard = performance.now()
        pauseMs = firstPauseMs
        isBroken = false
        yield run
        if (run.finishedAt !== null) return
      }
    } catch (error) {
      signal.throwIfAborted()
      if (!mayPass(error)) throw error
      if (performance.now() - lastHeard > patienceMs) throw givenUp(id, error)
      if (!isBroken) onBreak(reasonOf(error))
      isBroken = true
    }
    await sleep(pauseMs, undefined, { signal })
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

type Reading = { signal: AbortSignal; silenceMs: number }

async function* readEvents(api: Client, id: string, { signal, silenceMs }: Reading): AsyncGenerator<Run> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new Silence()), silenceMs)
  const either = AbortSignal.any([signal, silence.signal])
  try {
    const response = await api.api.v1.sync.runs[':id'].events.$get({ param: { id } }, { init: { signal: either } })
    if (!response.ok) await parseResponse(response)
    if (!response.body) throw new Error('The server answered without events')
    const events = response.body
      .pipeThrough(new TextDecoderStream(), { signal: either })
      .pipeThrough(new EventSourceParserStream())
    for await (const { data } of events) {
      timer.refresh()
      const run: Run = JSON.parse(data)
      yield run
    }
  } catch (error) {
    if (!silence.signal.aborted) throw error
  } finally {
    clearTimeout(timer)
  }
}

class Silence extends Error {}

/** The network, a server that starts or stops, and a database that is away come back; a plain "no" stays one. */
function mayPass(error: unknown): boolean {
  if (error instanceof DetailedError) return Number(error.statusCode) >= 500
  return isNetworkFailure(error) || (error instanceof Error && error.name === 'AbortError')
}

function givenUp(id: string, error: unknown): Refusal {
  return new Refusal(
    'unreachable',
    'server_out_of_reach',
    `The server has been out of reach for too long (${reasonOf(error)}). When it is back, \`consign sync follow ${id}\` takes up watching.`,
    { id },
  )
}
