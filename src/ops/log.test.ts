import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLog } from './log.ts'

test('whatever somebody logs, no secret and nobody’s data is in it', () => {
  const lines: string[] = []
  const log = openLog('trace', false, { write: (line) => lines.push(line) })
  const error = Object.assign(new Error('duplicate key for ana.tamahori@example.org'), {
    code: '23505',
    detail: 'Key (email)=(ana.tamahori@example.org) already exists.',
    where: 'COPY staging, line 1: "Ana Tamahori"',
    cause: new Error('GET https://shop.test/callback?code=of-the-journey&state=of-the-way failed'),
  })
  log.error({ error, job: 'j1' }, 'A job failed for ana.tamahori@example.org')
  log.trace(
    {
      request: {
        method: 'POST',
        headers: {
          authorization: 'Bearer lsxs_pt_0123456789',
          'x-signature': 'signature=aGVsbG8gd29ybGQgaGVsbG8=',
          cookie: 'a',
        },
        body: { first_name: 'Ana' },
      },
      customers: [
        { first_name: 'Ana', last_name: 'Tamahori', email: 'ana@example.org', id: 'c1', nested: { phone: '021' } },
      ],
      refreshToken: 'lsxs_rt_9876543210',
      url: 'postgres://consign:the-password@db.internal:5432/consign',
    },
    'A request with Authorization: Bearer lsxs_pt_0123456789 and sha256=0123456789abcdef0123456789abcdef',
  )
  log.child({ job: 'j2' }).warn({ token: 'a', isFinal: true, count: 3 }, 'A job failed')
  const told = lines.join('')
  for (const secret of /Ana|Tamahori|example\.org|lsxs_|aGVsbG8|0123456789abcdef|of-the-journey|of-the-way|the-password|021/.source.split(
    '|',
  ))
    assert.doesNotMatch(told, new RegExp(secret), secret)
  const [failed, request, last] = lines.map((line) => JSON.parse(line))
  assert.deepEqual([failed.error.code, failed.job, failed.msg], ['23505', 'j1', 'A job failed for [mail]'])
  assert.match(failed.error.stack, /log\.test\.ts/)
  assert.deepEqual([request.request.method, request.customers[0].id], ['POST', 'c1'])
  assert.deepEqual([last.token, last.isFinal, last.count, last.job], ['[hidden]', true, 3, 'j2'])
})
