import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { Config } from './config.ts'
import { Refusal } from './kernel/refusal.ts'
import { openHouse, type OpenHouse } from './main.ts'
import { startSampling } from './jobs/sampling.ts'
import { startWorker } from './jobs/worker.ts'
import { keepRegistered } from './webhooks/keep-registered.ts'
import { workerOptions } from './work.ts'

export type Served = AsyncDisposable & { url: string; opened: OpenHouse }

/** The house with its door open to the network, and a worker in it unless told otherwise. Throws a Refusal when the port is taken. */
export async function serveHouse(config: Config, say: (text: string) => void, { works = true } = {}): Promise<Served> {
  const opened = await openHouse(config, say, { syncs: works })
  try {
    const { server, url } = await listen(opened, config)
    const worker = works ? await startWorker(opened.house, workerOptions(config)) : undefined
    const sampling = startSampling(opened.house)
    opened.occupancy.announce(url)
    const registered = keepRegistered(opened.house, url)
    const close = async () => {
      const closed = once(server, 'close')
      server.close()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await worker?.stop()
      await sampling.stop()
      await registered
      await opened[Symbol.asyncDispose]()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    }
    return { url, opened, [Symbol.asyncDispose]: close }
  } catch (error) {
    await opened[Symbol.asyncDispose]()
    throw error
  }
}

async function listen({ app }: OpenHouse, { port, host }: Config) {
  const server = serve({ fetch: app.fetch, port, hostname: host })
  await once(server, 'listening').catch((error: unknown) => Promise.reject(portTaken(error, port, host)))
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return { server, url: `http://${name}:${actual}` }
}

function portTaken(error: unknown, port: number, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new Refusal(
      'misconfigured',
      'port_taken',
      `Port ${port} is taken by another program: set PORT to a free one.`,
    )
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new Refusal(
      'misconfigured',
      'address_not_usable',
      `Consign may not listen on ${host}:${port}: set HOST and PORT.`,
    )
  }
  return error
}
