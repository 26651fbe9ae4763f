import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql, type RawBuilder } from 'kysely'
import { inTransaction } from '#src/db/transaction.ts'
import { administrator } from '#src/people/sign-in.actions.ts'
import { noteBy, writeInTwoProcesses } from '#test/audit-process.ts'
import { openWorld } from '#test/world.ts'
import { pino } from 'pino'
import { record, recordAll } from './audit.store.ts'
import { verifyAudit } from './verifying.actions.ts'

test('a row that somebody changed by hand is named', async () => {
  await using book = await openBook(['ann', 'ben', 'cas'])
  assert.deepEqual(await book.faultAfter(sql`update audit set actor = 'nobody' where id = 2`), {
    kind: 'changed',
    id: 2,
  })
})

test('whatever part of a row is changed, it shows', async () => {
  for (const change of [
    sql`at = at + interval '1 microsecond'`,
    sql`action = 'price.kept'`,
    sql`entity_id = '2'`,
    sql`correlation_id = 'another'`,
    sql`before = null`,
    sql`after = '{"amount":"1.99"}'`,
    sql`reason = 'on purpose'`,
  ]) {
    await using book = await openBook(['ann', 'ben'])
    assert.deepEqual(await book.faultAfter(sql`update audit set ${change} where id = 1`), { kind: 'changed', id: 1 })
  }
})

test('a row that is gone is missed, wherever it stood', async () => {
  await using middle = await openBook(['ann', 'ben', 'cas'])
  assert.deepEqual(await middle.faultAfter(sql`delete from audit where id = 2`), { kind: 'removed', id: 2 })
  await using withSeal = await openBook(['ann', 'ben', 'cas'])
  await withSeal.byHand(sql`delete from audit where id = 2`)
  assert.deepEqual(await withSeal.faultAfter(sql`delete from audit_seal where audit_id = 2`), { kind: 'gap', id: 3 })
  await using end = await openBook(['ann', 'ben', 'cas'])
  await end.byHand(sql`delete from audit where id = 3`)
  assert.deepEqual(await end.faultAfter(sql`delete from audit_seal where audit_id = 3`), { kind: 'cut_off', id: null })
})

test('a row that was slipped in past the chain is named', async () => {
  await using book = await openBook(['ann'])
  const slipped = sql`insert into audit (action, entity, entity_id, actor, correlation_id) values ('a', 'b', 'c', 'd', 'e')`
  assert.deepEqual(await book.faultAfter(slipped), { kind: 'unsealed', id: 2 })
})

test('no row can be changed, removed or swept away, not even by the owner of the tables', async () => {
  await using book = await openBook(['ann'])
  for (const statement of [
    sql`update audit set actor = 'nobody'`,
    sql`delete from audit`,
    sql`truncate audit`,
    sql`update audit_seal set sequence = 2`,
    sql`delete from audit_seal`,
    sql`truncate audit_seal`,
  ]) {
    await assert.rejects(async () => statement.execute(book.db), /append only/)
  }
  assert.equal((await book.verify()).isTrue, true)
})

test('a change that does not happen leaves no note, and no hole in the chain', async () => {
  await using book = await openBook(['ann'])
  const changesHerMind = inTransaction(book.database, async ({ db }) => {
    await record(db, noteBy('ben', '1'))
    throw new Error('on second thoughts')
  })
  await assert.rejects(changesHerMind, /second thoughts/)
  await inTransaction(book.database, ({ db }) => recordAll(db, [noteBy('cas', '1'), noteBy('cas', '2')]))
  const { isTrue, rows, head } = await book.verify()
  assert.deepEqual([isTrue, rows, head.sequence], [true, 3, 3])
})

test('two processes write at once and keep one chain', async () => {
  await using book = await openBook([])
  const job = { databaseUrl: book.databaseUrl, lanes: 4, notesALane: 50 }
  await writeInTwoProcesses([
    { ...job, actor: 'till' },
    { ...job, actor: 'hub' },
  ])
  const { isTrue, rows, head } = await book.verify()
  assert.deepEqual([isTrue, rows, head.sequence], [true, 400, 400])
  const { rows: turns } = await sql<{ turns: number }>`
    select count(*) filter (where actor <> before) as turns
    from (select actor, lag(actor) over (order by sequence) as before from audit join audit_seal on audit_id = id) as row`.execute(
    book.db,
  )
  assert.ok((turns[0]?.turns ?? 0) > 1, 'They did not write at the same time')
})

test('somebody who dawdles in the middle of a change holds nobody else up', async () => {
  await using book = await openBook([])
  const { promise: goOn, resolve: letGoOn } = Promise.withResolvers<void>()
  const { promise: noted, resolve: hasNoted } = Promise.withResolvers<void>()
  const dawdler = inTransaction(book.database, async ({ db }) => {
    await record(db, noteBy('ann', '1'))
    hasNoted()
    await goOn
  })
  await noted
  await inTransaction(book.database, ({ db }) => record(db, noteBy('ben', '1')))
  letGoOn()
  await dawdler
  const order = await book.db
    .selectFrom('audit')
    .innerJoin('audit_seal', 'audit_id', 'id')
    .orderBy('sequence')
    .select('actor')
    .execute()
  assert.deepEqual(order, [{ actor: 'ben' }, { actor: 'ann' }])
  assert.equal((await book.verify()).isTrue, true)
})

test('texts that PostgreSQL cannot hold are noted as near as they can be', async () => {
  await using book = await openBook([])
  const odd = { name: 'half\ud800 and nul\0', quoted: String.raw`\u0000` }
  await inTransaction(book.database, ({ db }) => record(db, noteBy('ann', '1', { after: odd })))
  const row = await book.db.selectFrom('audit').select('after').executeTakeFirst()
  assert.deepEqual(row?.after, { name: 'half\ufffd and nul\ufffd', quoted: String.raw`\u0000` })
})

/** An audit with a note of each of these people. */
async function openBook(people: string[]) {
  const world = await openWorld()
  for (const [at, actor] of people.entries()) {
    await inTransaction(world.database, ({ db }) => record(db, noteBy(actor, String(at))))
  }
  const context = {
    database: world.database,
    actor: administrator,
    correlationId: 'a-check',
    log: pino({ enabled: false }),
    wakeRunner: () => {},
  }
  const verify = () => verifyAudit(context)
  /** As somebody does who owns the database and switches its triggers off. */
  const byHand = (statement: RawBuilder<unknown>) =>
    inTransaction(world.database, async ({ db }) => {
      await sql`set local session_replication_role = replica`.execute(db)
      await statement.execute(db)
    })
  const faultAfter = async (statement: RawBuilder<unknown>) => {
    await byHand(statement)
    const { fault } = await verify()
    return fault && { kind: fault.kind, id: fault.id }
  }
  return { ...world, verify, byHand, faultAfter }
}
