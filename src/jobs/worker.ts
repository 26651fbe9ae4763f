import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { House } from '../house.ts'
import { openQueue } from './boss-queue.ts'
import { usualRescueSeconds } from './boss.ts'
import { forgetWorker, noteWorker } from './claims.store.ts'
import { Crew } from './crew.ts'
import { Doorbell } from './doorbell.ts'
import { handlers as ours } from './handlers.ts'
import { kindNames, settingsOf, type JobKind } from './kinds.ts'
import { mostRiskyAtOnce } from '../ops/grading.rules.ts'
import { listenForJobs } from './listening.ts'
import type { Queue } from './port.ts'
import type { Bench } from './running.ts'
import { openSettler } from './settling.ts'
import { keepTime } from './timekeeping.ts'

export type WorkerOptions = {
  /** Jobs at the same time. */
  slots: number
  /** Silent for so long, this worker is taken for dead. */
  rescueSeconds?: number
  /** Running jobs have so long to finish when the worker stops; then they are given back. */
  graceMs?: number
  handlers?: Bench['handlers']
  /** Which kinds are capped while the health is amber, and stopped while it is red; by their settings if nothing is said. */
  isRisky?: (kind: JobKind) => boolean
  /** No try may take longer than this here, whatever its kind says. */
  longestSeconds?: number
}

export type Worker = {
  id: string
  /** Takes no new job, lets the running ones finish, and gives back what does not. */
  stop: () => Promise<void>
}

const lookEveryMs = 1_000
const longestBeatMs = 15_000
const usualGraceMs = 20_000

/** Does the jobs of all kinds, the most pressing first. Any number of workers may share one database. */
export async function startWorker(house: House, options: WorkerOptions): Promise<Worker> {
  const {
    slots,
    rescueSeconds = usualRescueSeconds,
    graceMs = usualGraceMs,
    handlers = ours,
    longestSeconds = Infinity,
    isRisky = (kind) => settingsOf(kind).isRisky,
  } = options
  const { database, log } = house
  const id = randomUUID()
  const doorbell = new Doorbell()
  const onError = (error: unknown) => log.warn({ error }, 'The queue reports a fault')
  await using opening = new AsyncDisposableStack()
  const { queue, boss } = opening.use(await openQueue(database, { supervise: true, onError }))
  const settler = openSettler({ queue, onDelay: doorbell.ringIn })
  const crew = new Crew({
    bench: { house, queue, handlers, longestSeconds },
    settler,
    slots,
    log,
    onFree: doorbell.ring,
  })
  const line = listenForJobs(database.url, doorbell.ring)
  opening.defer(line.close)
  const beat = async () => {
    await noteWorker(database.db, { id, host: hostname(), pid: process.pid, slots, running: crew.running })
    await crew.touch()
  }
  const timer = setInterval(() => void beat().catch(onError), Math.min(longestBeatMs, (rescueSeconds * 1000) / 3))
  await beat()
  const time = await keepTime({ house, boss })
  const loop = new Loop({ house, queue, crew, doorbell, isRisky })
  const stop = async () => {
    await time.stop()
    await loop.stop()
    await crew.close(graceMs)
    clearInterval(timer)
    await forgetWorker(database.db, id).catch(onError)
    await opened.disposeAsync()
  }
  const opened = opening.move()
  return { id, stop }
}

type LoopParts = { house: House; queue: Queue; crew: Crew; doorbell: Doorbell; isRisky: (kind: JobKind) => boolean }

/** Fills the free slots whenever the doorbell rings, and looks by itself once a second. */
class Loop {
  readonly #parts: LoopParts
  readonly #ended: Promise<void>
  #isStopping = false

  constructor(parts: LoopParts) {
    this.#parts = parts
    this.#ended = this.#run()
  }

  async stop() {
    this.#isStopping = true
    this.#parts.doorbell.ring()
    await this.#ended
  }

  async #run() {
    const { house, doorbell } = this.#parts
    while (!this.#isStopping) {
      await this.#fill().catch((error: unknown) => house.log.warn({ error }, 'The queue cannot be read just now'))
      await doorbell.wait(lookEveryMs)
    }
  }

  async #fill() {
    const { queue, crew } = this.#parts
    if (crew.free <= 0) return
    for (const kind of await queue.dueKinds(kindNames)) {
      if (this.#isStopping || crew.free <= 0) return
      const most = Math.min(crew.free * settingsOf(kind).bundle, await this.#mostOf(kind))
      if (most > 0) crew.begin(await queue.work(kind, most))
    }
  }

  /** What the health leaves of a risky kind: one at a time while it is amber, none while it is red. */
  async #mostOf(kind: JobKind): Promise<number> {
    const { house, crew, isRisky } = this.#parts
    if (!isRisky(kind)) return Infinity
    const { grade } = await house.grade()
    return mostRiskyAtOnce(grade) - crew.runningOf(isRisky)
  }
}
