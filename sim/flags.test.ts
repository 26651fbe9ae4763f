import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFlags, WrongFlag } from './flags.ts'
import { readScale } from './scale.ts'

const read = (args: string[], env: { [name: string]: string } = {}) => {
  const flags = readFlags(args, env)
  if (flags === 'help') throw new Error('help was not asked for')
  return flags
}

test('without flags: a shop from seed 1 on a free port', () => {
  const { port, seed, scale, journal } = read([])
  assert.deepEqual([port, seed, scale.name, journal], [0, 1, 'shop', undefined])
})

test('the environment gives defaults, the flags have the last word', () => {
  const env = { SIM_PORT: '4000', SIM_SEED: '7', SIM_SCALE: 'tiny' }
  assert.deepEqual([read([], env).port, read([], env).seed, read([], env).scale.name], [4000, 7, 'tiny'])
  assert.equal(read(['--port', '5000', '--judgment', 'pageSizeCap=20'], env).port, 5000)
  assert.equal(read(['--judgment', 'pageSizeCap=20', '--judgment', 'userAsArray=false']).judgments.pageSizeCap, 20)
  const judged = read(['--judgment', 'userAsArray=false'], {
    SIM_JUDGMENTS: 'pageSizeCap=30,userAsArray=true',
  }).judgments
  assert.deepEqual([judged.userAsArray, judged.pageSizeCap], [false, 30])
})

const wrong = (args: string[], words: RegExp) =>
  assert.throws(
    () => readFlags(args, {}),
    (error) => error instanceof WrongFlag && words.test(error.message),
  )

test('flags that cannot be meant are named', () => {
  wrong(['--port', 'high'], /--port is a whole number from 0 to 65535, not high/)
  wrong(['--seed', '-1'], /--seed/)
  wrong(['--scale', 'galaxy'], /Unknown scale galaxy.*tiny/)
  wrong(['--judgment', 'gravity=off'], /Unknown judgment gravity/)
  wrong(['--judgment', 'pageSizeCap=wide'], /pageSizeCap is a number/)
  wrong(['--judgment', 'emptyPageVersion=maybe'], /zero, null, absent/)
  wrong(['--rate-limit', 'slow'], /100\/10/)
  wrong(['--colour', 'red'], /--colour/)
})

test('a scale can be changed in its parts, and what hangs on them follows', () => {
  const { sizes, name } = readScale('shop:outlets=2,products=100,sales=0')
  assert.equal(name, 'shop:outlets=2,products=100,sales=0')
  assert.deepEqual(
    [sizes.outlets, sizes.products, sizes.sales, sizes.inventory, sizes.outletTaxes],
    [2, 100, 0, 200, 20],
  )
  assert.equal(readScale('mine:products=10').sizes.sales, 40)
  assert.throws(() => readScale('tiny:planets=3'), /Unknown size planets/)
  assert.throws(() => readScale('tiny:sales=99999999'), /up to 5000000/)
})
