import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { noPhoto } from './no-photo.ts'

export type Pixels = { width: number; height: number; pixels: Uint8Array }

const longestMs = 30_000

const told = z.union([
  z.object({ width: z.int(), height: z.int(), pixels: z.instanceof(Uint8Array) }),
  z.object({ wrong: z.string() }),
])

/** Unfolds a HEIC file in a thread of its own, which neither stops the server nor outlives its time. Throws a Refusal (422). */
export async function decodeHeic(path: string): Promise<Pixels> {
  const quietly = { stdout: true, stderr: true }
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { workerData: { path }, ...quietly })
  const timing = setTimeout(() => void worker.terminate(), longestMs)
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(noPhoto('it takes too long to decode')))
    })
    const said = told.parse(answer)
    if ('wrong' in said) throw noPhoto(said.wrong)
    return said
  } finally {
    clearTimeout(timing)
    await worker.terminate()
  }
}
