import { useSyncExternalStore } from 'react'

let said = ''
const listeners = new Set<() => void>()

/** Tells those who listen to the page instead of looking at it. */
export function announce(words: string) {
  said = words
  for (const listener of listeners) listener()
}

export function Announcer() {
  const words = useSyncExternalStore(listen, () => said)
  return (
    <output aria-live="polite" className="unseen">
      {words}
    </output>
  )
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
