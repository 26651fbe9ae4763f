import { Doorbell } from '../jobs/doorbell.ts'

export type Broadcast<News> = {
  /** Tells of news as they come until the returned function is called; of undefined, and nothing more, where they cannot be read. */
  follow: (tell: (news: News | undefined) => void) => () => void
}

type Parts<News> = {
  read: () => Promise<News>
  /** Rings when something may have changed; called while anybody follows. */
  listen: (ring: () => void) => { close: () => Promise<void> }
  onError: (error: unknown) => void
  /** Longest time between two readings. */
  everyMs: number
}

/** However much is rung, and however dear a reading is: reading takes a tenth of the time at most. */
const leastPauseMs = 250
const pausesForWork = 9

/** Reads the same news once for all who follow, and not at all while nobody does. */
export function openBroadcast<News>(parts: Parts<News>): Broadcast<News> {
  const followers = new Set<(news: News | undefined) => void>()
  const doorbell = new Doorbell()
  let going: Promise<void> | undefined
  const tellAll = (news: News | undefined) => {
    for (const tell of followers) tell(news)
  }
  const run = async () => {
    const line = parts.listen(doorbell.ring)
    try {
      while (followers.size > 0) {
        const startedAt = performance.now()
        tellAll(await parts.read())
        const restMs = Math.max(leastPauseMs, (performance.now() - startedAt) * pausesForWork)
        await new Promise((done) => setTimeout(done, restMs))
        await doorbell.wait(Math.max(0, parts.everyMs - restMs))
      }
    } finally {
      await line.close()
    }
  }
  const begin = async () => {
    try {
      await run()
    } catch (error) {
      parts.onError(error)
      tellAll(undefined)
      followers.clear()
    }
    going = followers.size > 0 ? begin() : undefined
  }
  const follow = (tell: (news: News | undefined) => void) => {
    followers.add(tell)
    going ??= begin()
    doorbell.ring()
    return () => void followers.delete(tell)
  }
  return { follow }
}
