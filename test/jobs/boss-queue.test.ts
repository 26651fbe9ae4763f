import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openQueue } from '#src/jobs/boss-queue.ts'
import { listDeadLetters } from '#src/jobs/dead-letters.store.ts'
import { rescueIn } from '#test/workers.ts'
import { conforms } from './conforming.ts'

conforms(async (database) => {
  const { queue } = await openQueue(database, { onError: (error) => assert.fail(String(error)) })
  return {
    queue,
    deadLetters: () => listDeadLetters(database.db, {}, { below: undefined, limit: 100 }),
    silence: async (meanwhile = async () => {}) => {
      await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`.execute(
        database.db,
      )
      await meanwhile()
      await rescueIn(database)
    },
  }
})
