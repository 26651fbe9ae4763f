import { help, readFlags, WrongFlag } from './flags.ts'
import { openSim, type Sim } from './server.ts'

try {
  const flags = readFlags(process.argv.slice(2), process.env)
  if (flags === 'help') process.stdout.write(help)
  else {
    const sim = await openSim(flags)
    announce(sim, `seed ${flags.seed}, scale ${flags.scale.name}`)
    stopWhenAsked(sim)
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof WrongFlag) process.stderr.write('\nnpm run sim -- --help lists the flags.\n')
  process.exitCode = error instanceof WrongFlag ? 2 : 1
}

function announce({ url, token, clientId, clientSecret, domainPrefix }: Sim, of: string): void {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${JSON.stringify({ url, token, clientId, clientSecret, domainPrefix })}\n`)
    return
  }
  process.stdout.write(`
  A simulated Lightspeed shop: no real stock moves here.   (${of})

    address        ${url}
    token          ${token}
    domain prefix  ${domainPrefix}
    OAuth app      ${clientId}
      secret       ${clientSecret}

  Point a client at it:
    LIGHTSPEED_BASE_URL=${url} LIGHTSPEED_TOKEN=${token}
    curl -H 'Authorization: Bearer ${token}' '${url}/api/2.0/outlets'

  Play tricks on it:
    curl -X POST ${url}/sim/trouble -H 'Content-Type: application/json' -d '{"kind":"too_many","times":3}'
    curl -X POST ${url}/sim/trade -H 'Content-Type: application/json' -d '{"sales":5}'

  Ctrl-C stops it.
`)
}

/** On a signal, or when the process that started us is gone. */
function stopWhenAsked(sim: Sim): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void sim[Symbol.asyncDispose]().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  if (process.connected) process.once('disconnect', stop)
}
