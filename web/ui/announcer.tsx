import { useSyncExternalStore } from 'react'

export type Announced = { said: string; count: number }

let announced: Announced = { said: '', count: 0 }
const listeners = new Set<() => void>()

/** Tells those who listen to the page instead of looking at it. */
export function announce(words: string) {
  announced = { said: words, count: announced.count + 1 }
  for (const listener of listeners) listener()
}

/** What was announced last, and the how-manieth it was: the same may be said twice. */
export function useAnnounced(): Announced {
  return useSyncExternalStore(listen, () => announced)
}

export function Announcer() {
  const { said } = useAnnounced()
  return (
    <output aria-live="polite" className="unseen">
      {said}
    </output>
  )
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
