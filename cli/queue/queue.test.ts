import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeCommand } from '#test/terminal.ts'
import { openWorkshop, wordOf } from '#test/workers.ts'
import { giveUp } from '#src/jobs/handler.ts'

async function openCounter() {
  const shop = await openWorkshop()
  const consign = (...words: string[]) => typeCommand(words, { api: shop.api })
  const json = async (...words: string[]) => JSON.parse((await consign(...words, '--json')).stdout)
  return { ...shop, consign, json }
}

test('the queue is watched from the command line: red while jobs wait and nobody works', async () => {
  await using shop = await openCounter()
  await shop.order('outlets')
  const idle = await shop.consign('queue', 'status')
  assert.equal(idle.exitCode, 1)
  assert.match(idle.stdout, /^red: no worker runs\n1 job waiting, 0 running, 0 dead letters\n$/)
  const ill = await shop.consign('health', 'queue')
  assert.deepEqual([ill.exitCode, /no worker runs/.test(ill.stdout)], [1, true])
  assert.match((await shop.consign('queue', 'process', '--dry-run')).stdout, /^1 job would be done/)
  assert.match((await shop.consign('queue', 'process', '--batch', '5')).stdout, /^1 job done, 0 failed, 0 put off/)
  await shop.hire({ outside: async () => {} }, { slots: 3 })
  const busy = await shop.consign('queue', 'status')
  assert.equal(busy.exitCode, 0)
  assert.match(
    busy.stdout,
    /^green\n0 jobs waiting[\s\S]*\(process \d+\): 0 of 3 jobs at a time, seen (just now|\d+ s ago)\n$/,
  )
  assert.equal((await shop.consign('health', 'queue')).exitCode, 0)
  assert.match((await shop.consign('queue', 'stats')).stdout, /^mirror\.sync +0 +0 +1 +0 +0 +0\.2 +\d+ m?s \/ /m)
  assert.match((await shop.consign('queue', 'clear', '--days', '0', '--dry-run')).stdout, /^1 job would be removed/)
  assert.match((await shop.consign('queue', 'clear', '--days', '0')).stdout, /^1 job removed/)
})

test('a dead letter is found, mended, tried again and done, all from the command line', async () => {
  await using shop = await openCounter()
  const worker = await shop.hire({
    outside: async ({ args: { entities } }) => {
      if (entities[0]?.startsWith('no ')) giveUp('there is no such shelf')
    },
  })
  await shop.order('no shelf')
  await shop.settled()
  await shop.order('no cup')
  await shop.settled()
  await worker.stop()
  const { data } = await shop.json('queue', 'view', '--dead')
  const [cup, shelf] = data.map(({ id }: { id: string }) => id)
  assert.match((await shop.consign('queue', 'view', '--dead')).stdout, /mirror\.sync +dead .*there is no such shelf/)
  const whole = await shop.consign('queue', 'view', '--dead', '--id', shelf)
  assert.match(whole.stdout, /after 1 try[\s\S]*"no shelf"[\s\S]*Where\n.*GivenUp/)
  const nonsense = await shop.consign('queue', 'edit', shelf, '--payload', '{"entities":7}')
  assert.equal(nonsense.exitCode, 2)
  assert.match(nonsense.stderr, /cannot do that: entities: .*array/)
  await shop.consign('queue', 'edit', shelf, '--payload', JSON.stringify(wordOf('brands')))
  assert.match((await shop.consign('queue', 'retry', '--all', '--dry-run')).stdout, /^2 dead letters would be put back/)
  assert.match((await shop.consign('queue', 'retry', '--id', shelf)).stdout, /^1 dead letter put back/)
  const removed = await shop.consign('queue', 'delete', cup, '--dead', '--reason', 'it fell from the shelf')
  assert.match(removed.stdout, /^mirror\.sync .* removed/)
  assert.match((await shop.consign('queue', 'process-failed')).stdout, /^There are no dead letters/)
  assert.match((await shop.consign('queue', 'process')).stdout, /^1 job done/)
  assert.match((await shop.consign('queue', 'view', '--status', 'done')).stdout, /mirror\.sync +done .*brands/)
})

test('what goes by the clock is seen, stopped, resumed and done now', async () => {
  await using shop = await openCounter()
  assert.match((await shop.consign('schedule', 'list')).stdout, /^mirror\.prune +20 \* \* \* \* \(UTC\) +in .* never/m)
  await shop.consign('schedule', 'pause', 'mirror.prune')
  assert.match((await shop.consign('schedule', 'list')).stdout, /^mirror\.prune .* paused by administrator/m)
  await shop.consign('schedule', 'resume', 'mirror.prune')
  assert.match((await shop.consign('schedule', 'run', 'mirror.prune')).stdout, /waits for a worker\.\n$/)
  assert.match((await shop.consign('schedule', 'run', 'mirror.prune')).stdout, /already\.\n$/)
  assert.match((await shop.consign('queue', 'process')).stdout, /^1 job done/)
  const { data } = await shop.json('schedule', 'list')
  assert.equal(data.find(({ name }: { name: string }) => name === 'mirror.prune').last.state, 'done')
  assert.equal((await shop.consign('schedule', 'run', 'tea')).exitCode, 1)
})
