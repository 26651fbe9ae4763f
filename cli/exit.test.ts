import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { DetailedError } from 'hono/client'
import { Refusal } from '#src/kernel/refusal.ts'
import { problemFor } from '#src/http/problem.ts'
import { LightspeedError, type ErrorKind } from '#src/lightspeed/errors.rules.ts'
import { failureOf, Interrupted, withAddress } from './exit.ts'

/** As the server would answer it, and the typed client hand it on. */
function answered(error: unknown) {
  const problem = problemFor(error)
  return new DetailedError(`${problem.status}`, { statusCode: problem.status, detail: { data: problem } })
}

const exitCodeOf = (error: unknown) => failureOf(error).exitCode

test('a script can tell by the exit code what kind of no it was', () => {
  const kinds: [Refusal, number][] = [
    [new Refusal('not_valid', 'body_not_valid', 'limit: too large'), 2],
    [new Refusal('misconfigured', 'setting_missing', 'LIGHTSPEED_TOKEN is missing'), 2],
    [new Refusal('conflict', 'already_running', 'Consign already runs'), 3],
    [new Refusal('not_lawful', 'transition_not_lawful', 'A closed order cannot be packed'), 3],
    [new Refusal('not_lawful', 'token_in_use', 'You came in with this token'), 3],
    [new Refusal('not_signed_in', 'token_not_valid', 'This token is not known'), 4],
    [new Refusal('not_allowed', 'scope_missing', 'The right sync:run is missing'), 4],
    [new Refusal('not_found', 'record_unknown', 'There is no such product'), 1],
    [new Refusal('unreachable', 'database_away', 'The database is out of reach'), 5],
  ]
  for (const [refusal, exitCode] of kinds) {
    assert.equal(exitCodeOf(refusal), exitCode, `${refusal.code}, in this process`)
    assert.equal(exitCodeOf(answered(refusal)), exitCode, `${refusal.code}, over HTTP`)
    assert.equal(failureOf(answered(refusal)).message, refusal.message)
  }
  assert.equal(exitCodeOf(answered(new Refusal('not_found', 'entity_unknown', 'There is no productz'))), 2)
})

test('what Lightspeed did not do is told apart: not let in, out of reach, failed', () => {
  const told: [ErrorKind, number][] = [
    ['unauthorised', 4],
    ['forbidden', 4],
    ['unreachable', 5],
    ['timed_out', 5],
    ['server_error', 5],
    ['rate_limited', 5],
    ['not_json', 5],
    ['too_large', 1],
    ['not_found', 1],
    ['rejected', 1],
    ['conflict', 1],
  ]
  const asked = { method: 'GET', origin: 'https://shop.example', path: '/api/2.0/products' }
  for (const [kind, exitCode] of told)
    assert.equal(exitCodeOf(answered(new LightspeedError(kind, asked))), exitCode, kind)
})

test('a fault of the program is a failure, and its place is told', () => {
  assert.equal(exitCodeOf(answered(new Error('oops'))), 1)
  const { exitCode, message } = failureOf(new RangeError('oops'))
  assert.equal(exitCode, 1)
  assert.match(message, /oops/)
  assert.match(message, /exit\.test\.ts/)
})

test('an answer that is not ours, such as the page of a gateway, is no fault of the user', () => {
  assert.equal(exitCodeOf(page(502)), 5)
  assert.equal(exitCodeOf(page(503)), 5)
  assert.equal(exitCodeOf(page(500)), 1)
  assert.equal(exitCodeOf(page(404)), 1)
  assert.match(failureOf(page(404)).message, /is the address right\?/)
})

test('a server that is not there is named, with what to look at', async () => {
  const url = await addressOfNobody()
  const refused = await fetch(url).catch((error: unknown) => error)
  const { exitCode, message } = failureOf(withAddress(refused, url))
  assert.equal(exitCode, 5)
  assert.ok(message.startsWith(`Consign at ${url} is out of reach: nothing answers there.`), message)
  assert.match(message, /CONSIGN_URL/)
  assert.equal(exitCodeOf(refused), 5)
  const bug = new Error('oops')
  assert.equal(withAddress(bug, url), bug)
})

test('Ctrl-C has an exit code of its own, as in every shell', () => {
  assert.equal(exitCodeOf(new Interrupted()), 130)
})

function page(status: number) {
  return new DetailedError(`${status} Bad`, { statusCode: status, detail: { data: '<html>' } })
}

async function addressOfNobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}
