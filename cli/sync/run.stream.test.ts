import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { test } from 'node:test'
import { hc } from 'hono/client'
import type { Api } from '#src/http/app.ts'
import type { Run } from '#src/mirror/runs.actions.ts'
import { donePart, partOf, runId, runOf } from '#test/runs.ts'
import { Interrupted } from '../exit.ts'
import { followRun, type Following } from './run.stream.ts'

type Answer = (response: ServerResponse) => void

/** A server that gives the next of its answers to each who asks; the last one again and again. */
async function openServer(...answers: Answer[]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answers[Math.min(asked.length, answers.length) - 1]?.(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { api: hc<Api>(url), asked, close, [Symbol.asyncDispose]: close }
}

const events = (response: ServerResponse, ...runs: Run[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const run of runs) response.write(`event: progress\ndata: ${JSON.stringify(run)}\n\n`)
}

const read = (fetched: number) => runOf([partOf('products', { state: 'running', fetched })])
const done = runOf([donePart('products', { fetched: 30 })])

const cutOff: Answer = (response) => {
  events(response, read(10))
  response.write('event: progress\ndata: {"id":"0b9d', () => response.destroy())
}

const notYet: Answer = (response) => {
  response.writeHead(503, { 'content-type': 'application/problem+json' })
  response.end('{"code":"stopping","detail":"Consign is stopping","status":503}')
}

const early: Answer = (response) => {
  events(response, read(10))
  response.end()
}

async function follow(server: { api: Parameters<typeof followRun>[0] }, following: Partial<Following> = {}) {
  const breaks: string[] = []
  const seen: number[] = []
  const signal = new AbortController().signal
  const stream = followRun(server.api, runId, { signal, onBreak: (reason) => breaks.push(reason), ...following })
  for await (const run of stream) seen.push(run.entities[0]?.fetched ?? -1)
  return { breaks, seen }
}

test('a sync is watched until it is finished', async () => {
  await using server = await openServer((response) => {
    events(response, read(10), read(20), done)
    response.end()
  })
  assert.deepEqual(await follow(server), { breaks: [], seen: [10, 20, 30] })
  assert.deepEqual(server.asked, [`/api/v1/sync/runs/${runId}/events`])
})

test('the connection is cut in the middle of a word, twice: watching goes on, and that is said once for each', async () => {
  await using server = await openServer(cutOff, cutOff, (response) => {
    events(response, done)
    response.end()
  })
  const { breaks, seen } = await follow(server)
  assert.deepEqual(seen, [10, 10, 30])
  assert.deepEqual(breaks, ['the connection was cut', 'the connection was cut'])
})

test('a server that is being started again answers 503 for a while: it is waited for', async () => {
  await using server = await openServer(notYet, notYet, (response) => {
    events(response, done)
    response.end()
  })
  const { breaks, seen } = await follow(server)
  assert.deepEqual(seen, [30])
  assert.equal(breaks.length, 1)
})

test('a stream that ends without an end of the sync is opened again', async () => {
  await using server = await openServer(early, (response) => {
    events(response, done)
    response.end()
  })
  assert.deepEqual(await follow(server), { breaks: [], seen: [10, 30] })
})

test('a stream that has gone silent, as behind a dead router, is opened again', async () => {
  await using server = await openServer(
    (response) => events(response, read(10)),
    (response) => {
      events(response, done)
      response.end()
    },
  )
  assert.deepEqual(await follow(server, { silenceMs: 80 }), { breaks: [], seen: [10, 30] })
})

test('a sync that nobody knows is not waited for', async () => {
  await using server = await openServer((response) => {
    response.writeHead(404, { 'content-type': 'application/problem+json' })
    response.end('{"code":"run_unknown","detail":"There is no sync run","status":404}')
  })
  await assert.rejects(follow(server), { statusCode: 404 })
  assert.equal(server.asked.length, 1)
})

test('a server that stays away is given up, and it is said how to watch again', async () => {
  const server = await openServer()
  await server.close()
  await assert.rejects(follow(server, { patienceMs: 300 }), {
    kind: 'unreachable',
    message: new RegExp(`nothing answers there.*consign sync follow ${runId}`),
  })
})

test('Ctrl-C ends the watching at once, though nothing comes', async () => {
  await using server = await openServer((response) => events(response, read(10)))
  const interruption = new AbortController()
  setTimeout(() => interruption.abort(new Interrupted()), 100)
  const started = performance.now()
  await assert.rejects(follow(server, { signal: interruption.signal }), { name: 'Interrupted' })
  assert.ok(performance.now() - started < 1000)
})
