import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openOffice, supplier } from '#test/office.ts'
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

test('from the command line: a code for another phone is made, looked at and taken back', async () => {
  await using office = await openOffice()
  const { number } = await office.order()
  const ask = async (line: string) => {
    const { exitCode, stdout, stderr } = await office.consign(line)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }
  assert.match(await ask(`evidence ticket ${number} --dry-run`), /It would be for 20 photos of .*Nothing was made/)
  assert.match(await ask(`evidence tickets ${number}`), /There are none/)
  const made = await ask(`evidence ticket ${number} --photos 3 --minutes 5`)
  assert.match(
    made,
    /^http:\/\/shop\.test\/photos\/[\da-f-]{36}#[\w-]{43}\nFor 3 photos of .*, until \d\d:\d\d UTC\.$/m,
  )
  const id = /photos\/([\da-f-]{36})/.exec(made)?.[1] ?? ''
  assert.match(await ask(`evidence tickets ${number}`), new RegExp(`${id} +open +0 of 3 `))
  assert.match(await ask(`evidence withdraw ${id} --dry-run`), /It may be taken back; 0 of 3 photos/)
  assert.match(await ask(`evidence withdraw ${id}`), /It is taken back/)
  assert.match(await ask(`evidence tickets ${number}`), new RegExp(`${id} +withdrawn`))
})

test('from the command line: which photos and signatures are asked for is looked at, tried and set', async () => {
  await using office = await openOffice()
  const ask = async (line: string) => (await office.consign(line)).stdout
  assert.match(await ask('evidence rules'), /all others +no +yes/)
  const line = `evidence rules --supplier ${supplier} --photo yes --signature no`
  assert.match(await ask(`${line} --dry-run`), /Would be so: supplier-leaf: photo yes, signature no/)
  assert.match(await ask(`evidence rules --supplier ${supplier}`), /has no rule of its own/)
  await ask(line)
  assert.match(await ask('evidence rules'), /supplier-leaf +yes +no/)
  assert.equal((await office.consign('evidence rules --photo yes')).exitCode, 2)
})
