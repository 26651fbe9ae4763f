import { useEffect, useState } from 'react'
import { useAnnounced } from '../ui/announcer.tsx'

const shownMs = 6_000

/** What an act came to, for who looks; who listens is told by the announcer. */
export function Happened() {
  const { said, count } = useAnnounced()
  const [seen, setSeen] = useState(count)
  useEffect(() => {
    const timer = setTimeout(() => setSeen(count), shownMs)
    return () => clearTimeout(timer)
  }, [count])
  if (seen === count) return null
  return (
    <div className="happened" aria-hidden="true">
      {said}
    </div>
  )
}
