import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { namesIn, openEmptyPlace, openSmallShop, restore, settingsOf, takeBackup, verify } from '#test/backups.ts'
import { typeCommand } from '#test/terminal.ts'

const brands = 'tables/mirror.brand.copy.zst'

async function openShopWithBackup() {
  const shop = await openSmallShop()
  await sql`insert into mirror.brand (id, name, version, raw) select 'b' || n, 'Brand ' || n, n, '{}'
    from generate_series(1, 200) n`.execute(shop.db)
  return { ...shop, backup: await takeBackup(shop.settings, shop.backups) }
}

type Harm = { story: string; harm: (backup: string) => void; told: RegExp }

const harms: Harm[] = [
  {
    story: 'one byte of a file was changed',
    harm: (backup) => {
      const bytes = readFileSync(join(backup, brands))
      bytes[20] = (bytes[20] ?? 0) ^ 1
      writeFileSync(join(backup, brands), bytes)
    },
    told: /tables\/mirror\.brand\.copy\.zst was changed: its checksum is another one/,
  },
  {
    story: 'a file was cut off',
    harm: (backup) => truncateSync(join(backup, brands), 30),
    told: /tables\/mirror\.brand\.copy\.zst was cut off: 30 bytes are left of \d+/,
  },
  {
    story: 'a file is missing',
    harm: (backup) => rmSync(join(backup, brands)),
    told: /tables\/mirror\.brand\.copy\.zst is missing/,
  },
  {
    story: 'a file was put there',
    harm: (backup) => writeFileSync(join(backup, 'tables/mirror.more.copy.zst'), ''),
    told: /tables\/mirror\.more\.copy\.zst does not belong to this backup/,
  },
  {
    story: 'the manifest was edited',
    harm: (backup) => appendFileSync(join(backup, 'manifest.json'), ' '),
    told: /manifest\.json was changed: its checksum is another one/,
  },
  {
    story: 'the manifest is missing',
    harm: (backup) => rmSync(join(backup, 'manifest.json')),
    told: /manifest\.json is missing: this backup was never finished/,
  },
]

test('a damaged backup is told by its file, and nothing of it is restored', async () => {
  await using shop = await openShopWithBackup()
  await using place = await openEmptyPlace()
  assert.equal((await verify(shop.backup)).exitCode, 0)
  for (const { story, harm, told } of harms) {
    const copy = join(shop.folder, 'copy')
    cpSync(shop.backup, copy, { recursive: true })
    harm(copy)
    const verified = await verify(copy)
    assert.equal(verified.exitCode, 1, story)
    assert.match(verified.stdout, told)
    const restored = await restore(copy, place.settings)
    assert.equal(restored.exitCode, 3, story)
    assert.match(restored.stderr, told)
    assert.deepEqual(await tablesIn(place), [])
    rmSync(copy, { recursive: true })
  }
})

test('of a folder without a backup it is said that there is none', async () => {
  await using shop = await openShopWithBackup()
  const empty = join(shop.folder, 'empty')
  mkdirSync(empty)
  for (const nothing of [empty, join(shop.folder, 'nowhere')]) {
    const { exitCode, stderr } = await verify(nothing)
    assert.equal(exitCode, 1)
    assert.match(stderr, /There is no backup/)
  }
})

test('rows that are not what was backed up are found after loading, and none of them stay', async () => {
  await using shop = await openShopWithBackup()
  await using place = await openEmptyPlace()
  edit(shop.backup, (text) => text.replace(/("name": "brand"[^]*?"checksum": ")\d+/, '$112345'))
  assert.equal((await verify(shop.backup)).exitCode, 0, 'each file is as the manifest says')
  const { exitCode, stderr } = await restore(shop.backup, place.settings)
  assert.equal(exitCode, 3)
  assert.match(stderr, /mirror\.brand is not what was backed up: the checksum is \d+ instead of 12345/)
  const { rows } = await sql`select from mirror.brand`.execute(place.db)
  assert.equal(rows.length, 0)
  assert.deepEqual(
    namesIn(place.folder).filter((name) => name === 'secret-key'),
    [],
  )
})

test('a backup of a newer Consign is refused, and it is said what to do', async () => {
  await using shop = await openShopWithBackup()
  await using place = await openEmptyPlace()
  edit(shop.backup, (text) => text.replace(/("migrations": \[[^\]]*")\s*\]/, '$1, "9999_from_the_future"]'))
  const { exitCode, stderr } = await restore(shop.backup, place.settings, '--dry-run')
  assert.equal(exitCode, 3)
  assert.match(stderr, /made by a newer Consign \(its schema has 9999_from_the_future\): bring this one up to date/)
})

test('what somebody uses is never overwritten: neither a database nor a secret', async () => {
  await using shop = await openShopWithBackup()
  await using place = await openEmptyPlace()
  const used = await restore(shop.backup, shop.settings)
  assert.equal(used.exitCode, 3)
  assert.match(
    used.stderr,
    /The database is in use: (public\.audit|mirror\.brand) has rows.*Set CONSIGN_DATA_DIR to a new folder/,
  )
  writeFileSync(join(shop.folder, 'secret-key'), 'ours')
  const withKey = await takeBackup(shop.settings, shop.backups)
  writeFileSync(join(place.folder, 'secret-key'), 'another one')
  const refused = await restore(withKey, place.settings)
  assert.equal(refused.exitCode, 3)
  assert.match(refused.stderr, /The data folder has a secret-key of its own, which is never overwritten/)
  assert.equal(readFileSync(join(place.folder, 'secret-key'), 'utf8'), 'another one')
  assert.deepEqual(await tablesIn(place), [])
})

test('looking whether it could be restored changes nothing', async () => {
  await using shop = await openShopWithBackup()
  await using place = await openEmptyPlace()
  const { exitCode, stdout } = await restore(shop.backup, place.settings, '--dry-run')
  assert.equal(exitCode, 0)
  assert.match(stdout, /Could be restored: .*\n {2}\d+ rows of \d+ tables/)
  assert.deepEqual(await tablesIn(place), [])
})

test('the last three backups stay, and those of another shop in the same folder', async () => {
  await using shop = await openShopWithBackup()
  const other = join(shop.backups, 'consign-20200101T000000Z.backup')
  renameSync(shop.backup, other)
  edit(other, (text) => text.replace('"retailer": null', '"retailer": "another shop"'))
  const kept: string[] = []
  for (let night = 0; night < 5; night += 1) {
    const { stdout } = await typeCommand(['backup', '--to', shop.backups, '--keep', '3', '--json'], {
      vault: shop.settings,
    })
    kept.push(String(JSON.parse(stdout).path))
  }
  const left = namesIn(shop.backups).map((name) => join(shop.backups, name))
  assert.deepEqual(left.toSorted(), [other, ...kept.slice(-3)].toSorted())
})

test('where there is no Consign, nothing is backed up', async () => {
  await using place = await openEmptyPlace()
  for (const vault of [place.settings, settingsOf(place.folder)]) {
    const { exitCode, stderr } = await typeCommand(['backup', '--to', place.folder], { vault })
    assert.equal(exitCode, 3)
    assert.match(stderr, /No Consign has kept anything in (the database of DATABASE_URL|the data folder)/)
  }
  assert.deepEqual(namesIn(place.folder), [])
})

/** Edits the manifest as somebody would who corrects its checksum too. */
function edit(backup: string, change: (text: string) => string) {
  const file = join(backup, 'manifest.json')
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  assert.notEqual(after, before)
  writeFileSync(file, after)
  const sums = join(backup, 'SHA256SUMS')
  const [old, fresh] = [before, after].map((text) => createHash('sha256').update(text).digest('hex'))
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(String(old), String(fresh)))
}

async function tablesIn({ db }: Awaited<ReturnType<typeof openEmptyPlace>>): Promise<unknown[]> {
  const { rows } =
    await sql`select tablename from pg_tables where schemaname in ('public', 'mirror', 'pgboss')`.execute(db)
  return rows
}
