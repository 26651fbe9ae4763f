import { once } from 'node:events'
import { connect } from 'node:net'

/** One connection that is kept: sends ready requests, one after the other, and costs the sender next to nothing. */
export type Line = AsyncDisposable & {
  /** Whether the server still holds it: what was silent for some seconds is hung up. */
  isOpen(): boolean
  /** Sends a request and returns the status of its answer, once that has come wholly. */
  send(request: Buffer): Promise<number>
}

export async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let come = ''
  let answered: PromiseWithResolvers<number> | undefined
  socket.on('data', (chunk) => {
    come += chunk.toString('latin1')
    const status = statusOf(come)
    if (status === undefined) return
    come = ''
    answered?.resolve(status)
  })
  socket.on('error', (error) => answered?.reject(error))
  socket.on('close', () => answered?.reject(new Error('The door hung up')))
  const send = (request: Buffer) => {
    answered = Promise.withResolvers<number>()
    socket.write(request)
    return answered.promise
  }
  const close = async () => {
    answered = undefined
    socket.destroy()
  }
  return { isOpen: () => socket.writable && !socket.readableEnded, send, [Symbol.asyncDispose]: close }
}

/** The status, once head and body are there. */
function statusOf(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end)
  const [, length = '0'] = /content-length: *(\d+)/i.exec(head) ?? []
  if (/transfer-encoding: *chunked/i.test(head) ? !text.endsWith('0\r\n\r\n') : text.length < end + 4 + Number(length))
    return undefined
  return Number(text.slice(9, 12))
}
