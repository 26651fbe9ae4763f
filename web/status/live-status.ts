import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answerOf, api, type Status } from '../api.ts'
import { merged } from './points.rules.ts'

const awayEveryMs = 4_000
const againAfterMs = 2_000

export const statusKey = ['status']

/** How everything stands: told by the server as it changes, and asked for while the server does not tell. */
export function useStatus() {
  const client = useQueryClient()
  const [isLive, setLive] = useState(false)
  useEffect(() => {
    const onNews = (news: Status) => {
      client.setQueryData<Status>(statusKey, (before) => merged(before, news))
    }
    return whileSeen(() => follow({ onNews, onLive: setLive }))
  }, [client])
  const status = useQuery({
    queryKey: statusKey,
    queryFn: () => answerOf(api.status.$get()),
    refetchInterval: isLive ? false : awayEveryMs,
  })
  return { ...status, isLive }
}

type Following = { onNews: (news: Status) => void; onLive: (isLive: boolean) => void }

/** The browser lays a line that was lost again by itself; one that the server refused is tried anew a little later. */
function follow({ onNews, onLive }: Following): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource | undefined
  const open = () => {
    source = new EventSource('/api/v1/status/events')
    source.addEventListener('status', ({ data }) => {
      onLive(true)
      onNews(newsIn(data))
    })
    source.addEventListener('error', () => {
      onLive(false)
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, againAfterMs)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
    onLive(false)
  }
}

function newsIn(data: string): Status {
  return JSON.parse(data)
}

/** Does something only while the page can be seen: a browser has six lines to a server, and a hidden page needs none. */
function whileSeen(begin: () => () => void): () => void {
  let end = document.hidden ? undefined : begin()
  const look = () => {
    end?.()
    end = document.hidden ? undefined : begin()
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    end?.()
  }
}
