import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { findOccupant } from '#src/ops/occupancy.ts'

export type ConsignProcess = AsyncDisposable & {
  pid: number
  /** Waits until the process listens. */
  url(): Promise<string>
  /** Ends it, and waits until it is gone. Returns its exit code; null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
  exited: Promise<number | null>
  printed(): string
}

const main = join(import.meta.dirname, '../cli/main.ts')

/** Consign as a real process of its own, with nothing of this process's settings but what is compiled already. */
export function startConsign(args: string[], settings: Record<string, string>): ConsignProcess {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const env = { PATH, HOME: '/tmp', NODE_COMPILE_CACHE, ...settings }
  const child = spawn(process.execPath, [main, ...args], { env, cwd: '/tmp', stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += chunk))
  child.stderr.on('data', (chunk) => (printed += chunk))
  const exited = once(child, 'close').then(() => child.exitCode)
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  const url = async () => {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = findOccupant(settings['CONSIGN_DATA_DIR'] ?? '')?.url
      if (found) return found
      if (child.exitCode !== null) break
      await sleep(50)
    }
    throw new Error(`Consign did not listen. It printed:\n${printed}`)
  }
  const dispose = async () => void (child.exitCode === null && child.signalCode === null && (await end('SIGKILL')))
  return { pid: child.pid ?? 0, url, end, exited, printed: () => printed, [Symbol.asyncDispose]: dispose }
}
