import { useSyncExternalStore } from 'react'
import type { Run } from '../api.ts'

/** Two connections to the server stay free for everything else: a browser opens six to one address. */
const mostWatched = 4
/** As the server calls itself where nobody asked for a run. */
const schedule = 'schedule'

/** `ended`: the last one that somebody asked for; `endings`: how many of any kind came to their end here. */
export type LiveRuns = { going: readonly Run[]; ended: Run | undefined; endings: number }

const nothing: LiveRuns = { going: [], ended: undefined, endings: 0 }
let live: LiveRuns = nothing
const sources = new Map<string, EventSource>()
const seen = new Set<string>()
const listeners = new Set<() => void>()

/** The runs that go on right now, each as its server-sent events tell it. */
export function useLiveRuns(): LiveRuns {
  return useSyncExternalStore(listen, () => live)
}

/** Follows a run until it ends. Following it twice is following it once. */
export function watchRun(id: string) {
  if (seen.has(id) || sources.size >= mostWatched) return
  seen.add(id)
  const source = new EventSource(`/api/v1/sync/runs/${encodeURIComponent(id)}/events`)
  sources.set(id, source)
  source.addEventListener('progress', ({ data }) => tell(runIn(data)))
  source.addEventListener('finished', ({ data }) => {
    leave(id)
    tell(runIn(data))
  })
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return
    leave(id)
    seen.delete(id)
    show({ ...live, going: live.going.filter((run) => run.id !== id) })
  })
}

/** Nobody is here any more who may look. */
export function stopWatching() {
  for (const id of sources.keys()) leave(id)
  seen.clear()
  show(nothing)
}

/** Whether a person (or a command) asked for it; the scheduled looks go on quietly in the background. */
export function isAskedFor({ requestedBy }: Run): boolean {
  return requestedBy !== schedule
}

function tell(run: Run) {
  const others = live.going.filter(({ id }) => id !== run.id)
  if (run.finishedAt === null) return show({ ...live, going: [...others, run] })
  show({ going: others, ended: isAskedFor(run) ? run : live.ended, endings: live.endings + 1 })
}

function runIn(data: string): Run {
  return JSON.parse(data)
}

function leave(id: string) {
  sources.get(id)?.close()
  sources.delete(id)
}

function show(next: LiveRuns) {
  live = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
