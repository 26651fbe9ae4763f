import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hc } from 'hono/client'
import type { Api } from '#src/http/app.ts'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'
import { loadCommands } from './registry.ts'

/** What its help shows as an example of every command, split as a shell would. */
async function everyExample() {
  const commands = await loadCommands()
  return commands.flatMap(({ name, command }) =>
    command.examples.map(([line]) => ({ name, command, line: wordsOf(line) })),
  )
}

function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:'[^']*'|\S)+/g), ([word]) => word.replaceAll("'", ''))
}

/** Commands that ask no server: they start one, or answer by themselves. */
const lonely = /^(start|server|worker|completion|backup|restore|util version)\b/
/** Its dry run compares and repairs nothing; that somebody compared is noted. */
const noted = 'sync reconcile'
/** Waits two minutes for its server to come back: run.stream.test.ts. */
const patient = 'sync follow'
/** Health is told to everyone, so that monitors need no token. */
const open = (name: string) => /^health (check|api|database|queue)$/.test(name)

async function everyExampleThatAsks() {
  const all = await everyExample()
  const asking = all.filter(({ name }) => !lonely.test(name))
  assert.ok(asking.length > 40)
  return asking
}

function clientWith(token: string, fetcher: typeof fetch) {
  return hc<Api>('http://shop.test', { headers: { authorization: `Bearer ${token}` }, fetch: fetcher })
}

function oneJson(stdout: string, what: string): unknown {
  assert.equal(stdout.trimEnd().split('\n').length, 1, `${what}: ${stdout}`)
  return JSON.parse(stdout)
}

test('every command has an example, and refuses an option that it does not have', async () => {
  for (const { name, command } of await loadCommands())
    assert.ok(command.isHidden || command.examples.length > 0, `${name}: show an example`)
  for (const { line } of await everyExample()) {
    const { exitCode, stderr } = await typeCommand([...line, '--colour'])
    assert.equal(exitCode, 2, line.join(' '))
    assert.match(stderr, /There is no option --colour/)
  }
})

test('every command says that the server is out of reach, with --json as one JSON value', async () => {
  const url = 'http://127.0.0.1:1'
  for (const { name, line } of await everyExampleThatAsks()) {
    if (name === patient) continue
    const what = line.join(' ')
    const told = await typeCommand([...line, '--json'], { api: hc<Api>(url), url })
    assert.equal(told.exitCode, 5, `${what}: ${told.stderr}`)
    assert.match(told.stderr, /Consign at http:\/\/127\.0\.0\.1:1 is out of reach/, what)
    assert.match(JSON.stringify(oneJson(told.stdout, what)), /"code":"server_out_of_reach"/, what)
  }
})

test('every command says when it is not let in: with a token that is not known, and with one that lacks the right', async () => {
  await using shop = await openShop()
  await shop.db
    .insertInto('api_token')
    .values({ name: 'of no use', token_hash: hashOf('of-no-use'), scopes: [] })
    .execute()
  const asked = async (input: string | URL | Request, init?: RequestInit) => shop.app.request(input, init)
  for (const { name, line } of await everyExampleThatAsks()) {
    if (open(name)) continue
    for (const [token, code] of [
      ['of-nobody', 'token_not_valid'],
      ['of-no-use', 'scope_missing'],
    ] as const) {
      const told = await typeCommand([...line, '--json'], { api: clientWith(token, asked) })
      const what = `${line.join(' ')} with a token ${token}`
      assert.equal(told.exitCode, 4, `${what}: ${told.stderr}`)
      assert.match(JSON.stringify(oneJson(told.stdout, what)), new RegExp(code), what)
    }
  }
})

test('with --json every command says one JSON value; a command that writes can be tried without, and then writes nothing', async () => {
  await using shop = await openShop()
  let written: string[] = []
  const asked = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    if (request.method !== 'GET') written.push(`${request.method} ${new URL(request.url).pathname}`)
    return shop.app.request(request)
  }
  const api = clientWith('the-administrator-of-the-tests', asked)
  for (const { name, command, line } of await everyExampleThatAsks()) {
    written = []
    const what = line.join(' ')
    const canTry = 'dry-run' in command.options
    const before = await traces(shop)
    const told = await typeCommand([...line, '--json', ...(canTry ? ['--dry-run'] : [])], { api })
    oneJson(told.stdout, what)
    if (name === noted) continue
    if (canTry) assert.deepEqual(await traces(shop), before, `${what} --dry-run wrote something`)
    else
      assert.deepEqual(
        written.filter((one) => !isQuestion(one)),
        [],
        `${name} needs a --dry-run`,
      )
  }
})

/** Asked by POST because it takes time, or goes out to Lightspeed; nothing is written. */
function isQuestion(request: string): boolean {
  return /^POST \/api\/v1\/lightspeed\/(checks|endpoint-checks)$/.test(request)
}

async function traces({ db }: Awaited<ReturnType<typeof openShop>>) {
  const count = (table: 'audit' | 'sync_run' | 'webhook_event' | 'api_token') =>
    db.selectFrom(table).select(db.fn.countAll().as('rows')).executeTakeFirstOrThrow()
  return Promise.all([count('audit'), count('sync_run'), count('webhook_event'), count('api_token')])
}
