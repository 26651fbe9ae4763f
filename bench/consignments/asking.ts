import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { openHouse } from '#src/main.ts'

const token = 'the-administrator-of-the-bench'

/** Consign without workers, asked at its door without a network: rights, validation and JSON are in the times. */
export async function openOffice(databaseUrl: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-'))
  const config = readConfig({
    CONSIGN_DATA_DIR: dataDir,
    CONSIGN_ADMIN_TOKEN: token,
    DATABASE_URL: databaseUrl,
    LIGHTSPEED_BASE_URL: 'http://127.0.0.1:1',
    LIGHTSPEED_TOKEN: 'bench',
    LOG_LEVEL: 'silent',
    SYNC_EVERY_SECONDS: '0',
    RATE_LIMIT_TOKEN: '1000000',
  })
  const opened = await openHouse(config, () => {}, { syncs: false })
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await opened.app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const told: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`)
    return told
  }
  const close = async () => {
    await opened[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ask, database: opened.house.database, [Symbol.asyncDispose]: close }
}

export type BenchOffice = Awaited<ReturnType<typeof openOffice>>

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
