import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'

async function contract(args: string[], env: { [name: string]: string } = {}) {
  const program = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, err, code }
}

test('a real shop is asked with its token and only read', async () => {
  await using sim = await openSim({ scale: 'tiny' })
  const { out, code } = await contract(['--json'], { CONTRACT_BASE_URL: sim.url, CONTRACT_TOKEN: sim.token })
  assert.equal(code, 0)
  assert.ok(out.split('"result":"kept"').length > 60 && !out.includes('broken'))
  assert.deepEqual([...new Set(sim.requests.map(({ method }) => method))], ['GET'])
})

test('a shop that does otherwise is found out', async () => {
  await using sim = await openSim({ scale: 'tiny' })
  sim.trouble({ kind: 'same_page', path: '/api/2.0/brands' })
  const { out, code } = await contract([], { CONTRACT_BASE_URL: sim.url, CONTRACT_TOKEN: sim.token })
  assert.equal(code, 1)
  assert.match(out, /✗ \/brands is read in ascending versions/)
  assert.match(out, /✗ \/brands ends with an empty page/)
})

test('wrong use is told with the way to learn, and exits with 2', async () => {
  for (const [args, complaint] of [
    [['--spec'], /--spec/],
    [['--spec', '/there/is/no/such.yaml'], /cannot be read/],
    [['--wrong'], /--wrong/],
    [['--spec', 'x', '--write'], /leave --write out/],
  ] as const) {
    const { err, code } = await contract([...args])
    assert.equal(code, 2, args.join(' '))
    assert.match(err, complaint)
  }
  const { err, code } = await contract([], { CONTRACT_TOKEN: 'alone' })
  assert.deepEqual([code, /needs both/.test(err)], [2, true])
})
