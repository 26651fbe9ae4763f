import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { until } from './workers.ts'

/** A PostgreSQL that a story may crash: it keeps what it promised to keep, unlike the tests' shared one. */
export async function openOwnPostgres() {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-own-'))
  chmodSync(dataDir, 0o711)
  let { url, stop } = await startEmbeddedPostgres(dataDir)
  let isUp = true
  const stopServer = async () => {
    if (isUp) await stop()
    isUp = false
  }
  return {
    url,
    /** As an administrator stops it. */
    stop: stopServer,
    /** As if it had been killed: nothing is finished, nothing is written any more. */
    crash: async () => {
      const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGQUIT')
      await until(() => !isAlive(pid))
      isUp = false
    },
    /** On the same address again. */
    start: async () => {
      const again = await startEmbeddedPostgres(dataDir)
      if (again.url !== url) throw new Error('PostgreSQL came back on another port')
      stop = again.stop
      isUp = true
    },
    async [Symbol.asyncDispose]() {
      await stopServer()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
