import { useInfiniteQuery, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answerOf, api } from '../api.ts'
import { troubleOf } from '../problem.ts'
import { announce } from '../ui/announcer.tsx'
import { countedAs } from '../ui/humane.rules.ts'
import { statusKey } from './live-status.ts'

const pageSize = '20'
const first: string | null = null
const letters = 'dead-letters'
const webhooks = 'webhook-events'

/** Dead letters of a kind, or of all, newest first; read again whenever `standing` changes. */
export function useDeadLetters(kind: string, standing: unknown) {
  useFreshWith(letters, standing)
  return useInfiniteQuery({
    queryKey: [letters, kind],
    queryFn: ({ pageParam }: { pageParam: string | null }) => {
      const query = { limit: pageSize, ...(kind && { kind }), ...(pageParam !== null && { after: pageParam }) }
      return answerOf(api['dead-letters'].$get({ query }))
    },
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
  })
}

export type WebhookState = '' | 'waiting' | 'failed' | 'processed' | 'unknown'

/** Webhooks in a state, or all, newest first; read again whenever `standing` changes. */
export function useWebhooks(state: WebhookState, standing: unknown) {
  useFreshWith(webhooks, standing)
  return useInfiniteQuery({
    queryKey: [webhooks, 'list', state],
    queryFn: ({ pageParam }: { pageParam: string | null }) => {
      const query = { limit: pageSize, ...(state && { state }), ...(pageParam !== null && { after: pageParam }) }
      return answerOf(api['webhook-events'].$get({ query }))
    },
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
  })
}

export function useRetryLetter() {
  return useAct(
    (id: string) => answerOf(api['dead-letters'][':id'].retry.$post({ param: { id } })),
    () => 'The job is back in the queue',
  )
}

/** All of a kind, or all there are. */
export function useRetryLetters() {
  return useAct(
    (kind: string) => answerOf(api['dead-letters'].retries.$post({ json: kind ? { kind } : { all: true } })),
    ({ retried, left }) => {
      const said = `${countedAs(retried, 'job')} back in the queue`
      return left > 0 ? `${said}; ${countedAs(left, 'dead letter')} remain` : said
    },
  )
}

export type Mending = { id: string; version: string; payload: unknown; isRetried: boolean }

/** Gives a dead letter other arguments, unless somebody else has meanwhile, and puts it back into the queue if wished. */
export function useMendLetter() {
  return useAct(
    async ({ id, version, payload, isRetried }: Mending) => {
      const param = { id }
      await answerOf(api['dead-letters'][':id'].$patch({ param, json: { payload } }, unchanged(version)))
      if (isRetried) await answerOf(api['dead-letters'][':id'].retry.$post({ param }))
    },
    (_, { isRetried }) => (isRetried ? 'Mended, and back in the queue' : 'Saved'),
    saidInPlace,
  )
}

export function useDeleteLetter() {
  return useAct(
    ({ id, version, reason }: { id: string; version: string; reason: string }) =>
      answerOf(api['dead-letters'][':id'].$delete({ param: { id }, json: { reason } }, unchanged(version))),
    () => 'The failed job is deleted',
    saidInPlace,
  )
}

export function useRetryJob() {
  return useAct(
    (id: string) => answerOf(api.jobs[':id'].retry.$post({ param: { id } })),
    () => 'The job is tried now',
  )
}

export function usePauseSchedule() {
  return useAct(
    ({ name, paused }: { name: string; paused: boolean }) =>
      answerOf(api.schedules[':name'].$patch({ param: { name }, json: { paused } })),
    (_, { name, paused }) => (paused ? `${name} is paused` : `${name} goes on`),
  )
}

export function useRunSchedule() {
  return useAct(
    (name: string) => answerOf(api.schedules[':name'].runs.$post({ param: { name } })),
    ({ added }, name) => (added ? `${name} is in the queue` : `${name} waits in the queue already`),
  )
}

/** Tells the others that somebody sees to an alarm. */
export function useAcknowledge() {
  return useAct(
    (id: string) => answerOf(api.alerts[':id'].acknowledgement.$post({ param: { id } })),
    () => 'The others see that you see to it',
  )
}

export function useReplay() {
  return useAct(
    (id: string) => answerOf(api['webhook-events'][':id'].replay.$post({ param: { id } })),
    () => 'The webhook is done again',
  )
}

/** An act of a person: what came of it is told, and everything that it may have changed is read again. */
function useAct<Asked, Answer>(
  act: (asked: Asked) => Promise<Answer>,
  wordsOf: (answer: Answer, asked: Asked) => string,
  /** Where a refusal is shown beside what was asked, it is not told once more. */
  onError: (error: unknown) => void = (error) => announce(troubleOf(error).detail),
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (answer, asked) => announce(wordsOf(answer, asked)),
    onError,
    onSettled: () => readAgain(client),
  })
}

function saidInPlace() {}

/** What was seen must still be so. */
function unchanged(version: string) {
  return { headers: { 'if-match': `"${version}"` } }
}

async function readAgain(client: QueryClient) {
  await Promise.all([statusKey, [letters], [webhooks]].map((queryKey) => client.invalidateQueries({ queryKey })))
}

/** Reads again what stands in a list whenever what the status tells of it is another. */
function useFreshWith(name: string, standing: unknown) {
  const client = useQueryClient()
  const told = JSON.stringify(standing)
  const known = useRef(told)
  useEffect(() => {
    if (known.current === told) return
    known.current = told
    void client.invalidateQueries({ queryKey: [name] })
  }, [client, name, told])
}
