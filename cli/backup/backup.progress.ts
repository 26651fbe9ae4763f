import { createLogUpdate } from 'log-update'
import type { Output } from '../output.ts'
import { bytesText, duration } from '../text.ts'

type Done = { tables: number; of: number; bytes: number }

const drawEveryMs = 120

/** For a terminal: one line, drawn again and again, of how far a backup or a restore has come. In a pipe nothing is said. */
export function watchWork(
  { aside, isJson }: Output,
  what: string,
): { onProgress: (done: Done) => void; end: () => void } {
  if (!aside.isTerminal || isJson) return { onProgress: () => {}, end: () => {} }
  const draw = createLogUpdate(aside.stream)
  const started = performance.now()
  let last = 0
  const onProgress = ({ tables, of, bytes }: Done) => {
    const now = performance.now()
    if (now - last < drawEveryMs) return
    last = now
    draw(`${what}: ${tables} of ${of} tables · ${bytesText(bytes)} · ${duration((now - started) / 1000)}`)
  }
  return { onProgress, end: () => draw.clear() }
}

/** Where a bucket holds the photos, that they are not in the backup. */
export function photosElsewhere({ photosIn }: { photosIn: string | null }): string[] {
  return photosIn === null ? [] : [`  Photos and signatures lie in ${photosIn}, not in the backup: keep that too`]
}
