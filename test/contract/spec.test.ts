import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAnswers } from './answers.ts'
import { readDescription, WrongDescription, type Description } from './description.ts'
import { checkExamples } from './examples.ts'
import { readExample } from './read-example.ts'
import { inWords, isClean } from './report.ts'
import { openValidator } from './validator.ts'

/** A description of our own, with the parts that the check must cope with. */
const descriptionOf = (brand: object, example: object, more: object = {}): Description =>
  readDescription(
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'A shop', version: '1' },
      paths: {
        '/brands': {
          get: {
            responses: {
              200: {
                content: {
                  'application/json': { schema: { $ref: '#/components/schemas/Brands' } },
                  'made up': { example },
                },
              },
            },
          },
        },
        '/quotes': { get: { responses: { 200: { content: { 'application/json': { schema: { type: 'object' } } } } } } },
        ...more,
      },
      components: {
        schemas: {
          Brands: {
            type: 'object',
            required: ['data'],
            properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Brand' } } },
          },
          Brand: { type: 'object', required: ['id'], properties: brand },
        },
      },
    }),
  )

const right = { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } }
const shown = { data: [{ id: '7d1b6a0e-5b1f-11e9-9a2e-7d1b6a0e5b1f', name: 'Peak', version: 3 }] }

test('answers that are as described are valid, and what the shop does not serve is named', async () => {
  const answers = await checkAnswers(descriptionOf(right, shown), [])
  assert.deepEqual([answers.checked, answers.valid, answers.invalid, answers.contradicted], [4, 4, 0, 0])
  assert.deepEqual(answers.endpoints, { served: ['/brands'], notServed: ['/quotes'] })
  assert.deepEqual(answers.complaints, [])
})

test('an answer that is not as described is told with its place, and the check fails', async () => {
  const description = descriptionOf({ ...right, name: { type: 'integer' } }, { data: [] })
  const answers = await checkAnswers(description, [])
  assert.equal(answers.invalid, 3)
  const [complaint] = answers.complaints
  assert.deepEqual([complaint?.operation, complaint?.at], ['GET /brands', '/data/*/name'])
  const report = { description: '', answers, examples: checkExamples(description, readExample) }
  assert.equal(isClean(report), false)
  assert.match(inWords(report), /UNEXPLAINED, seen at \/brands/)
})

test('what the description shows itself against its own schema is its contradiction, not ours', async () => {
  const description = descriptionOf({ ...right, name: { type: 'integer' } }, shown)
  const answers = await checkAnswers(description, [])
  assert.deepEqual([answers.invalid, answers.contradicted], [0, 3])
  assert.match(answers.complaints[0]?.because ?? '', /its own example of GET \/brands 200/)
  const report = { description: '', answers, examples: checkExamples(description, readExample) }
  assert.equal(isClean(report), true)
})

test('a law that is broken while answers are checked is told', async () => {
  const answers = await checkAnswers(descriptionOf(right, shown), [
    { name: 'brands have colours', check: async () => assert.fail('they have none') },
  ])
  assert.deepEqual(answers.broken, [{ law: 'brands have colours', result: 'broken', why: 'they have none' }])
})

test('nullable of OpenAPI 3.0 lets null in: as a type, among values, and beside a reference', () => {
  const { document } = descriptionOf(
    {
      id: { type: 'string' },
      name: { type: 'string', nullable: true },
      kind: { type: 'string', enum: ['A', 'B'], nullable: true },
      parent: { $ref: '#/components/schemas/Brands', nullable: true },
      colour: { type: 'string' },
    },
    {},
  )
  const validate = openValidator(document)
  const flaws = (body: unknown) => validate('/components/schemas/Brand', body).map(({ at }) => at)
  assert.deepEqual(flaws({ id: 'x', name: null, kind: null, parent: null }), [])
  assert.deepEqual(flaws({ id: 'x', name: null, kind: 'C', colour: null }), ['/kind', '/colour'])
})

test('every example is read: as a record of the mirror, or as something else', () => {
  const refusing = { data: [{ name: 'no id' }, shown.data[0]] }
  const outlet = { get: { responses: { 404: { content: { 'application/json': { example: { error: 'gone' } } } } } } }
  const checked = checkExamples(descriptionOf(right, refusing, { '/outlets/{id}': outlet }), readExample)
  assert.deepEqual([checked.read, checked.mirrored, checked.records, checked.accepted], [2, 1, 2, 1])
  assert.deepEqual(checked.refused, [{ where: 'GET /brands 200', reason: 'id is missing or empty' }])
  assert.deepEqual(checked.others, { errors: 1 })
})

test('what is no OpenAPI 3.0 description is refused in words', () => {
  assert.throws(() => readDescription('openapi: 3.1.0'), WrongDescription)
  assert.throws(() => readDescription('just words'), { message: /not an object/ })
  assert.throws(() => readDescription('{"openapi": '), { message: /neither YAML nor JSON/ })
  assert.equal(readDescription('openapi: 3.0.3\ninfo: {title: T, version: "2"}').title, 'T, version 2')
})
