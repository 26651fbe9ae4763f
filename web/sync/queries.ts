import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answerOf, api, type SyncStatus } from '../api.ts'
import { isPassing } from '../problem.ts'
import { announce } from '../ui/announcer.tsx'
import { newId } from './new-id.ts'
import { endingOf } from './run-words.rules.ts'
import { isAskedFor, useLiveRuns, watchRun } from './live-runs.ts'

const quietEveryMs = 3_000
const busyEveryMs = 400
const mostRetries = 3

const statusKey = ['sync', 'status']

/** How true the mirror is, asked again every few seconds and more often while a run goes, whoever started it. */
export function useSyncStatus() {
  const { going } = useLiveRuns()
  const status = useQuery({
    queryKey: statusKey,
    queryFn: () => answerOf(api.sync.$get()),
    refetchInterval: going.length > 0 ? busyEveryMs : quietEveryMs,
  })
  useEffect(() => {
    for (const id of goingIn(status.data)) watchRun(id)
  }, [status.data])
  return status
}

/** When a run ends: reads once more what it has changed, and says what it came to. */
export function useEndsOfRuns() {
  const client = useQueryClient()
  const { ended, endings } = useLiveRuns()
  useEffect(() => {
    if (endings > 0) void client.invalidateQueries({ queryKey: ['sync'] })
  }, [client, endings])
  useEffect(() => {
    if (ended) announce(endingOf(ended))
  }, [ended])
}

export type RunRequest = { entities?: string[]; full?: boolean }

/** Asks for a sync. The id is made here, so that asking again after a lost answer does not start a second one. */
export function useRequestRun() {
  const client = useQueryClient()
  const request = useMutation({
    mutationFn: (run: RunRequest & { id: string }) => answerOf(api.sync.runs.$post({ json: run })),
    retry: (failures, error) => isPassing(error) && failures < mostRetries,
    onSuccess: ({ id }) => {
      watchRun(id)
      announce('Sync started')
      return client.invalidateQueries({ queryKey: statusKey })
    },
  })
  const { going } = useLiveRuns()
  return {
    start: (run: RunRequest) => request.mutate({ ...run, id: newId() }),
    error: request.error,
    forget: request.reset,
    isBusy: request.isPending || going.some(isAskedFor),
  }
}

function goingIn(status: SyncStatus | undefined): string[] {
  const runs = status?.entities.flatMap(({ lastRun }) => (lastRun && lastRun.finishedAt === null ? [lastRun.id] : []))
  return [...new Set(runs)]
}
