import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openOffice } from '#test/office.ts'
import { jpeg } from '#test/photos.ts'

test('from the command line: a photo is tried, added, listed, saved and removed', async () => {
  await using office = await openOffice()
  const { number } = await office.order()
  const [sent, saved] = [join(office.dataDir, 'box.jpg'), join(office.dataDir, 'saved.jpg')]
  writeFileSync(sent, await jpeg())
  const tried = await office.consign(['evidence', 'add', number, sent, '--dry-run'])
  assert.match(tried.stdout, /It would be taken: photo, image\/jpeg, 240 × 160, .*Nothing was kept/)
  assert.match((await office.consign(`evidence list ${number}`)).stdout, /There are none/)
  const added = await office.consign(['evidence', 'add', number, sent, '--note', 'Corner torn', '--json'])
  assert.equal(added.exitCode, 0, added.stderr)
  const { id } = JSON.parse(added.stdout)
  assert.match(
    (await office.consign(`evidence list ${number}`)).stdout,
    new RegExp(`${id} +photo +image/jpeg .*Corner torn`),
  )
  assert.equal((await office.consign(['evidence', 'get', id, '--to', saved])).exitCode, 0)
  assert.equal(readFileSync(saved).readUInt16BE(0), 0xffd8)
  const again = await office.consign(['evidence', 'get', id, '--to', saved])
  assert.deepEqual([again.exitCode, /is not overwritten/.test(again.stderr)], [2, true])
  assert.equal((await office.consign(`evidence remove ${id}`)).exitCode, 2)
  assert.match((await office.consign(`evidence remove ${id} --reason wrong`)).stdout, /is removed/)
  assert.equal((await office.consign(['evidence', 'get', id, '--to', `${saved}.2`])).exitCode, 1)
  assert.match((await office.consign(`evidence list ${number} --all`)).stdout, /removed: wrong/)
})

test('from the command line: what is no photo ends with exit code 2 and says why', async () => {
  await using office = await openOffice()
  const { number } = await office.order()
  const script = join(office.dataDir, 'photo.jpg')
  writeFileSync(script, '#!/bin/sh\n')
  const refused = await office.consign(['evidence', 'add', number, script])
  assert.deepEqual([refused.exitCode, /no JPEG, PNG, HEIC or WebP/.test(refused.stderr)], [2, true], refused.stderr)
  assert.equal((await office.consign(['evidence', 'add', number, `${script}.none`])).exitCode, 2)
})
