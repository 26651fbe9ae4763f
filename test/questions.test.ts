import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trackedFiles } from './tracked-files.ts'
import { openWorld } from './world.ts'

test('every question in the papers is one that the mirror understands', async () => {
  await using world = await openWorld()
  const questions = trackedFiles()
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ text }) => Array.from(text.matchAll(/```sql\n(.+?)```/gs), ([, sql = '']) => sql.split(/;$/m)).flat())
    .filter((question) => question.trim() !== '')
  assert.ok(questions.length > 4)
  for (const question of questions) await world.pool.query(`explain ${question}`)
})
