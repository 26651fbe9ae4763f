import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isFields, textIn } from './body.ts'

const program = join(import.meta.dirname, 'main.ts')

async function firstLine({ stdout }: ChildProcess): Promise<{ [field: string]: unknown }> {
  assert.ok(stdout)
  const [line] = await once(createInterface(stdout), 'line')
  const value: unknown = JSON.parse(String(line))
  return isFields(value) ? value : {}
}

const start = (args: string[]) =>
  spawn(process.execPath, [program, '--scale', 'tiny', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

async function answers(url: unknown, token: unknown): Promise<boolean> {
  const asked = fetch(`${String(url)}/api/2.0/outlets`, { headers: { Authorization: `Bearer ${String(token)}` } })
  return asked.then(
    ({ ok }) => ok,
    () => false,
  )
}

test('started by a program it says in one line where it is, and stops when told to', async () => {
  const child = start([])
  const said = await firstLine(child)
  assert.deepEqual(Object.keys(said), ['url', 'token', 'clientId', 'clientSecret', 'domainPrefix'])
  assert.equal(await answers(said['url'], said['token']), true)
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('killed in the middle of its work it has kept what it answered', async () => {
  const place = await mkdtemp(join(tmpdir(), 'sim-main-'))
  const journal = join(place, 'journal.jsonl')
  const child = start(['--journal', journal])
  const { url } = await firstLine(child)
  const body = JSON.stringify({ collection: 'tags', patch: { name: 'survivor' } })
  await fetch(`${String(url)}/sim/change`, { method: 'POST', body })
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.match(await readFile(journal, 'utf8'), /survivor/)
  await rm(place, { recursive: true })
})

const parentScript = `
  import { spawn } from 'node:child_process'
  const child = spawn(process.execPath, [${JSON.stringify(program)}, '--scale', 'tiny'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  child.stdout.pipe(process.stdout)
`

test('when the program that started it is killed, it goes too', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentScript], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, token } = await firstLine(parent)
  assert.equal(await answers(url, token), true)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  const patience = Date.now() + 5000
  while ((await answers(url, token)) && Date.now() < patience) await pause(20)
  assert.equal(await answers(url, token), false)
})

test('a flag that cannot be meant ends it with 2 and a clear word', async () => {
  const child = start(['--port', 'high'])
  let said = ''
  child.stderr.on('data', (chunk) => (said += textIn(String(chunk)) ?? ''))
  assert.deepEqual(await once(child, 'close'), [2, null])
  assert.match(said, /--port is a whole number/)
})

test('a port that is taken ends it with 1 and says which', async () => {
  const one = start([])
  const { url } = await firstLine(one)
  const two = start(['--port', new URL(String(url)).port])
  let said = ''
  two.stderr.on('data', (chunk) => (said += textIn(String(chunk)) ?? ''))
  assert.deepEqual(await once(two, 'close'), [1, null])
  assert.match(said, /EADDRINUSE.*127\.0\.0\.1/)
  one.kill('SIGTERM')
  await once(one, 'exit')
})

test('help is given when asked for', async () => {
  const child = start(['--help'])
  let said = ''
  child.stdout.on('data', (chunk) => (said += textIn(String(chunk)) ?? ''))
  assert.deepEqual(await once(child, 'close'), [0, null])
  assert.match(said, /--journal FILE/)
  assert.ok(said.split('\n').every((line) => line.length <= 80))
})
