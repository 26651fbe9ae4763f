import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { openDatabase } from '#src/db/database.ts'
import { openBudget } from '#src/lightspeed/budget.ts'
import { openLightspeed } from '#src/lightspeed/client.ts'
import { oauthCredentials, personalToken } from '#src/lightspeed/credentials.ts'
import { sealingKey } from '#src/lightspeed/seal.ts'

/** What a second process of Consign is to do: so many lanes ask, each until the time is over or its count is reached. */
export type Job = {
  databaseUrl: string
  origin: string
  name: string
  lanes: number
  requestsALane: number
  forMs: number
  windowMs?: number
  /** Not with a personal token, but with the connection in the database. */
  oauth?: { clientId: string; clientSecret: string; secretKey: string }
}

/** Runs a job in a process of its own. Resolves to how many requests succeeded, and how each other one failed. */
export async function runInSecondProcess(job: Job): Promise<{ done: number; failures: string[] }> {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const { done, failures }: { done: number; failures: string[] } = JSON.parse(printed)
  return { done, failures }
}

async function work(job: Job) {
  await using database = openDatabase(job.databaseUrl)
  const { db } = database
  const { origin, oauth, name, windowMs } = job
  const budget = openBudget({ db, retailer: 'shop', ...(windowMs === undefined ? {} : { windowMs }) })
  const credentials = oauth
    ? oauthCredentials({ db, app: oauth, key: sealingKey(oauth.secretKey), baseUrl: origin, domainPrefix: undefined })
    : personalToken({ origin, token: 'secret-token' })
  const lightspeed = openLightspeed({ credentials, budget, userAgent: name })
  const failures: string[] = []
  let done = 0
  const signal = AbortSignal.timeout(job.forMs)
  const lane = async () => {
    for (let count = 0; count < job.requestsALane && !signal.aborted; count++) {
      await lightspeed.request({ method: 'GET', path: '/api/2.0/outlets', signal }).then(
        () => done++,
        (error: unknown) => signal.aborted || failures.push(String(error)),
      )
    }
  }
  await Promise.all(Array.from({ length: job.lanes }, lane))
  process.stdout.write(JSON.stringify({ done, failures }))
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? ''))
