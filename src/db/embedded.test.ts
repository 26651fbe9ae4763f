import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import { startEmbeddedPostgres } from './embedded.ts'

test('a first start brings up a database, and a later one finds what was put into it', async () => {
  await using folder = newFolder()
  const first = await startEmbeddedPostgres(folder.path, { throwaway: true })
  await ask(first.url, 'create table box (label text)')
  await ask(first.url, "insert into box values ('tea')")
  await first.stop()
  const second = await startEmbeddedPostgres(folder.path, { throwaway: true })
  try {
    assert.deepEqual(await ask(second.url, 'select label from box'), [{ label: 'tea' }])
  } finally {
    await second.stop()
  }
})

test('a server that a killed Consign left running is taken over, not started twice', async () => {
  await using folder = newFolder()
  const left = await startEmbeddedPostgres(folder.path, { throwaway: true })
  const taken = await startEmbeddedPostgres(folder.path, { throwaway: true })
  assert.equal(taken.url, left.url)
  await taken.stop()
  await assert.rejects(ask(left.url, 'select 1'))
})

test('a start that was killed while the cluster was made begins it again', async () => {
  await using folder = newFolder()
  mkdirSync(join(folder.path, 'postgres.new'))
  mkdirSync(join(folder.path, 'postgres'))
  const server = await startEmbeddedPostgres(folder.path, { throwaway: true })
  await server.stop()
  assert.equal(existsSync(join(folder.path, 'postgres.new')), false)
})

test('a data folder that was removed, and begun again at the same place, has a database of its own', async () => {
  await using folder = newFolder()
  const near = join(folder.path, 'postgres')
  const places: string[] = []
  try {
    for (const label of ['tea', 'milk']) {
      rmSync(folder.path, { recursive: true })
      mkdirSync(folder.path, { mode: 0o700 })
      const server = await startEmbeddedPostgres(folder.path, { throwaway: true })
      places.push(realpathSync(near))
      try {
        await ask(server.url, 'create table box (label text)')
        await ask(server.url, `insert into box values ('${label}')`)
      } finally {
        await server.stop()
      }
    }
    const again = await startEmbeddedPostgres(folder.path, { throwaway: true })
    try {
      assert.deepEqual(await ask(again.url, 'select label from box'), [{ label: 'milk' }])
    } finally {
      await again.stop()
    }
  } finally {
    for (const place of places) rmSync(place, { recursive: true, force: true })
  }
})

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-embedded-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) }
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
