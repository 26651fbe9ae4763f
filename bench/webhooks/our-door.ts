import { readConfig } from '#src/config.ts'
import { serveHouse } from '#src/serve.ts'

/** Consign as it is started by hand; with `WORKS=no` only its door, as `consign server`. */
async function work() {
  const served = await serveHouse(readConfig(), () => {}, { works: process.env['WORKS'] !== 'no' })
  process.once('disconnect', () => void served[Symbol.asyncDispose]().then(() => process.exit(0)))
  process.on('message', () => process.send?.({ cpuSeconds: cpuSeconds() }))
  process.send?.({ port: Number(new URL(served.url).port) })
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

await work()
