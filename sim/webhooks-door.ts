import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { isFields, type Fields } from './body.ts'
import { openScene, until } from './consignments-scene.ts'
import type { Judgments } from './judgments.ts'
import { first, rowsIn } from './visitor.ts'

type Letter = { path: string; headers: IncomingMessage['headers']; body: string; payload: Fields }

/** A status for each letter in turn, the last one for all that follow. */
export type Answers = (number | 'silence')[]

/** A shop and a door that its webhooks are written to, one of them registered. */
export async function openStory(type: string, more: { judgments?: Partial<Judgments>; answers?: Answers } = {}) {
  await using stack = new AsyncDisposableStack()
  const door = stack.use(await openDoor(more.answers))
  const scene = stack.use(await openScene({ ...quick, ...more.judgments }))
  await scene.send('POST', '/webhooks', { type, url: `${door.url}/${type}`, active: true })
  const deliveries = async () => rowsIn(await scene.get('/sim/deliveries'))
  const open = stack.move()
  return {
    door,
    scene,
    deliveries,
    touch: (collection: string, id: string, patch: Fields = {}) =>
      scene.send('POST', '/sim/change', { collection, id, patch }),
    /** How the first delivery ended, and after how many attempts. */
    async end(): Promise<[unknown, number]> {
      const { state, attempts } = await until(
        async () => first(await deliveries()),
        (delivery) => delivery['state'] !== 'waiting',
      )
      return [state, Array.isArray(attempts) ? attempts.length : 0]
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

const quick: Partial<Judgments> = { webhookDelayMs: 1, webhookFirstRetryMs: 1, webhookRetryGrowth: 1 }

async function openDoor(answers: Answers = [200]) {
  const letters: Letter[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    letters.push({ path: request.url ?? '', headers: request.headers, body, payload: payloadIn(body) })
    const answer = answers[Math.min(letters.length, answers.length) - 1] ?? 200
    if (answer !== 'silence') response.writeHead(answer, { Location: '/elsewhere' }).end('thanks')
  }
  const server = createServer((request, response) => void take(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const arrived = (count: number): Promise<Letter[]> =>
    until(
      async () => letters,
      () => letters.length >= count,
    )
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    letters,
    arrived,
    async letter(): Promise<Letter> {
      const [letter] = await arrived(1)
      if (!letter) throw new Error('No webhook came')
      return letter
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function payloadIn(body: string): Fields {
  const payload: unknown = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}')
  return isFields(payload) ? payload : {}
}
