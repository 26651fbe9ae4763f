import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

export type Simulator = { origin: string; token: string; clientSecret: string; stop: () => Promise<void> }

const announcement = z.object({ url: z.url(), token: z.string(), clientSecret: z.string() })

/**
 * Starts the simulated retailer beside the server. It ends with us, even when we are killed (its channel closes), and
 * remembers in its journal what was changed, so that its versions never go back.
 */
export async function startSimulator(options: {
  seed: number
  scale: string
  port: number
  journal: string
}): Promise<Simulator> {
  const program = join(import.meta.dirname, '../../sim/main.ts')
  const { seed, scale, port, journal } = options
  const args = [program, '--seed', String(seed), '--scale', scale, '--port', String(port), '--journal', journal]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
  let complaints = ''
  child.stderr?.on('data', (chunk) => (complaints = `${complaints}${chunk}`.slice(-2000)))
  const exited = once(child, 'exit')
  const line = child.stdout ? once(createInterface(child.stdout), 'line') : Promise.reject(new Error('no output'))
  const first = await Promise.race([line.then(([text]) => String(text)), exited.then(() => undefined)])
  if (first === undefined) {
    throw new Refusal(
      'misconfigured',
      'simulator_not_started',
      `The simulated retailer did not start: ${complaints.trim()}`,
    )
  }
  const { url, token, clientSecret } = announcement.parse(JSON.parse(first))
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await exited
  }
  return { origin: url, token, clientSecret, stop }
}
