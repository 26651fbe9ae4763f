import { useEffect, useState } from 'react'

/** The time in milliseconds, told anew every so often, so that ages grow while nothing else happens. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
