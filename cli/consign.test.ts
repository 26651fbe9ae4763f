import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'
import { openWorld } from '#test/world.ts'

const launcher = join(import.meta.dirname, 'consign')

function folderOfOnesOwn() {
  const folder = mkdtempSync(join(tmpdir(), 'consign-command-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

type Ended = { exitCode: number | null; stdout: string; stderr: string }

function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((ended) => {
    const options = { env: { PATH: '/usr/bin:/bin', ...env }, encoding: 'utf8' } as const
    const child = execFile(program, args, options, (_, stdout, stderr) =>
      ended({ exitCode: child.exitCode, stdout, stderr }),
    )
  })
}

test('the command works from anywhere, by a link to a link', async () => {
  using own = folderOfOnesOwn()
  mkdirSync(join(own.folder, 'bin'))
  symlinkSync(launcher, join(own.folder, 'far'))
  symlinkSync('../far', join(own.folder, 'bin/consign'))
  const { exitCode, stdout } = await run(join(own.folder, 'bin/consign'), ['--version'])
  assert.match(stdout, /^consign \d/)
  assert.equal(exitCode, 0)
})

test('on a machine whose Node is too old, or that has none, it says what to do', async () => {
  using own = folderOfOnesOwn()
  mkdirSync(join(own.folder, 'cli'))
  mkdirSync(join(own.folder, 'bin'))
  cpSync(launcher, join(own.folder, 'cli/consign'))
  writeFileSync(join(own.folder, 'bin/node'), '#!/bin/sh\necho 20\n')
  chmodSync(join(own.folder, 'bin/node'), 0o755)
  const { exitCode, stderr } = await run(join(own.folder, 'cli/consign'), [], {
    PATH: `${own.folder}/bin:/usr/bin:/bin`,
  })
  assert.equal(exitCode, 2)
  assert.match(stderr, /needs Node 24 or newer; this one is 20\. Run `npm ci` in .*, which brings it/)
})

test('who reads only the first line is no trouble', async () => {
  const { exitCode, stderr } = await run('bash', [
    '--norc',
    '-c',
    `'${launcher}' --help | true; exit "\${PIPESTATUS[0]}"`,
  ])
  assert.deepEqual([exitCode, stderr], [0, ''])
})

test('a server that is not there is an exit code for scripts', async () => {
  const env = { CONSIGN_URL: 'http://127.0.0.1:1', CONSIGN_ADMIN_TOKEN: 'a-token-for-nobody' }
  const { exitCode, stderr } = await run(launcher, ['health', 'check'], env)
  assert.equal(exitCode, 5)
  assert.match(stderr, /Consign at http:\/\/127\.0\.0\.1:1 is out of reach/)
})

test('a setting that is wrong is named, with its cure', async () => {
  const { exitCode, stderr } = await run(launcher, ['start'], { PORT: 'eighty' })
  assert.equal(exitCode, 2)
  assert.match(stderr, /PORT: give a port between 0 and 65535/)
})

test('a start fills the mirror and is ready; another start says so; Ctrl-C ends it; the next one goes on', async () => {
  using own = folderOfOnesOwn()
  await using world = await openWorld()
  await using sim = await openSim({ scale: 'tiny', seed: 1 })
  const env = {
    CONSIGN_DATA_DIR: join(own.folder, 'data'),
    DATABASE_URL: world.databaseUrl,
    LIGHTSPEED_BASE_URL: sim.url,
    LIGHTSPEED_TOKEN: sim.token,
    PORT: '0',
    SYNC_EVERY_SECONDS: '0',
  }
  const first = start(env)
  await first.ready
  assert.match(first.said(), /A token with all rights was made for you\. It is shown this once:\s+[0-9a-f]{64}/)
  assert.match(first.said(), /First sync: [\s\S]*products +60 read, 60 new[\s\S]*21 entities: /)
  const url = /Address +(\S+)/.exec(first.said())?.[1] ?? 'no address'

  const second = await run(launcher, ['start'], env)
  assert.equal(second.exitCode, 3)
  assert.ok(second.stderr.includes(`already runs on this data folder at ${url}`), second.stderr)
  assert.match((await run(launcher, ['health', 'api'], env)).stdout, new RegExp(`The API answers at ${url}`))
  assert.match((await run(launcher, ['sync:outlets', '--full'], env)).stdout, /^outlets +4 +0 +0 +4/m)

  first.child.kill('SIGINT')
  first.child.kill('SIGINT')
  assert.equal(await first.ended, 0)
  assert.match(first.said(), /Stopping …/)

  const third = start(env)
  await third.ready
  assert.doesNotMatch(third.said(), /token with all rights was made|First sync/)
  third.child.kill('SIGTERM')
  assert.equal(await third.ended, 0)
})

function start(env: NodeJS.ProcessEnv) {
  const child = spawn(launcher, ['start'], { env: { PATH: '/usr/bin:/bin', ...env } })
  let said = ''
  const ended = once(child, 'exit').then(([exitCode]) => exitCode)
  const ready = new Promise<void>((done, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk)
        if (/^Ready: /m.test(said)) done()
      })
    }
    child.once('exit', () => failed(new Error(said)))
  })
  return { child, ended, ready, said: () => said }
}
