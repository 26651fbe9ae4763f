import { connect, createServer, type Socket } from 'node:net'

type Line = { from: Socket; to: Socket; said: string; isDead: boolean }

/** A way to a server on which packets can be lost without anybody being told. */
export async function openProxy(target: string) {
  const { hostname, port } = new URL(target)
  const lines = new Set<Line>()
  const server = createServer((from) => {
    const line: Line = { from, to: connect(Number(port), hostname), said: '', isDead: false }
    lines.add(line)
    from.on('data', (chunk) => {
      if (line.said.length < 1_000) line.said += chunk.toString('latin1')
      if (!line.isDead) line.to.write(chunk)
    })
    line.to.on('data', (chunk) => void (line.isDead || from.write(chunk)))
    from.on('close', () => line.to.destroy())
    line.to.on('close', () => void (line.isDead || from.destroy()))
    for (const socket of [from, line.to]) socket.on('error', () => {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const url = new URL(target)
  url.port = typeof address === 'object' && address ? String(address.port) : ''
  const aliveThat = (says: string) =>
    [...lines].filter(({ said, isDead, from }) => said.includes(says) && !isDead && !from.destroyed)
  return {
    url: url.href,
    /** How many lines are open, and not dead, that said this when they began. */
    count: (says: string) => aliveThat(says).length,
    /** From now on nothing goes through the lines that said this, either way. */
    kill: (says: string) => {
      for (const line of aliveThat(says)) line.isDead = true
    },
    async [Symbol.asyncDispose]() {
      for (const { from, to } of lines) [from, to].forEach((socket) => socket.destroy())
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
