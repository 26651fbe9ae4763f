import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStocktaking } from '#test/stocktaking.ts'
import { typeCommand } from '#test/terminal.ts'
import { hc } from 'hono/client'
import type { Api } from '#src/http/app.ts'

test('from the command line: a count is drafted, frozen, counted, looked at again, simulated and posted', async () => {
  await using shop = await openStocktaking()
  const { here, dataDir } = shop
  const [tea = '', milk = '', cups = ''] = shop.products
  const before = shop.levels()
  const say = sayIn(shop)
  assert.match(await say(`stocktake create --outlet ${here} --products ${tea} --dry-run`), /Nothing was made/)
  const made = await say(`stocktake create --outlet ${here} --filter product=${tea},product=${milk} --blind`)
  const [number = ''] = made.split(' ')
  assert.match(made, /is DRAFT: 2 products\nAbout product .*, blind/)
  assert.match(await say(`stocktake scope ${number} --filter product=${cups} --dry-run`), /Would be so: .*1 products/)
  const all = [tea, milk, cups].map((id) => `product=${id}`).join()
  assert.match(await say(`stocktake scope ${number} --filter ${all}`), /is DRAFT: 3 products/)
  assert.match(await say(`stocktake freeze ${number} --dry-run`), /Would be so: .* is OPEN/)
  assert.match(await say(`stocktake freeze ${number}`), /is OPEN/)
  assert.match(await say(`stocktake list --status OPEN --outlet ${here}`), new RegExp(number))
  assert.match(await say(`stocktake count ${number} --product ${tea} --quantity 3 --dry-run`), /Nothing was kept/)
  const file = join(dataDir, 'counts.csv')
  const id = '0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11'
  writeFileSync(file, `id,product_id,code,quantity,area\n${id},${tea},,3,Window\n,,nobody-knows,1,\n`)
  const counted = await say(`stocktake count ${number} --file ${file}`, 'hand')
  assert.match(counted, /2 taken, 0 known already\n.* 3\nNobody knows the code nobody-knows/)
  writeFileSync(file, `id,product_id,quantity\n${id},${tea},3\n`)
  const again = await shop.consign(`stocktake count ${number} --file ${file}`)
  assert.deepEqual([again.exitCode, /scan|0 taken, 1 known/.test(again.stdout + again.stderr)], [0, true], again.stderr)
  const shown = await say(`stocktake show ${number}`)
  assert.match(shown, /is RECEIVING[\s\S]*1 of 3 counted, 2 to count/)
  assert.doesNotMatch(shown, /right within/)
  assert.match(await say(`stocktake counts ${number}`), /Beside the set: nobody-knows 1/)
  assert.match(await say(`stocktake finish ${number}`), /is RECEIVED/)
  const { data: open } = JSON.parse(await say(`stocktake uncounted ${number} --json`))
  assert.deepEqual(open.map((one: { productId: string }) => one.productId).toSorted(), [milk, cups].toSorted())
  const leave = ['stocktake', 'decide', number, '--decision', 'leave', '--reason', 'Not in the shop']
  assert.match(await say([...leave, '--dry-run']), /Would be so: 2 lines: leave/)
  assert.match(await say(leave), /2 lines: leave. 0 are still open/)
  await review(shop, { say, number, product: tea })
  assert.deepEqual(shop.levels(), new Map([...before, [tea, 4]]))
})

test('from the command line: what is to be counted today, flagged by hand, and how outlets have it', async () => {
  await using shop = await openStocktaking()
  const { here } = shop
  const [tea = ''] = shop.products
  const say = sayIn(shop)
  assert.match(await say(`stocktake flag ${tea} --outlet ${here} --reason odd`), /is on the next list/)
  assert.match(await say(`stocktake flags`), /odd/)
  assert.match(await say(`stocktake setting ${here} --products 5 --goal 97.5`), /lists of 5 products, goal 97.5 %/)
  const tried = await say(`stocktake today ${here} --dry-run`)
  assert.match(tried, new RegExp(`Would be so: 5 products[^]*${tea} flagged`))
  assert.match(await say(`stocktake today ${here}`), /5 products for .*: CT-STK/)
  assert.match(await say(`stocktake today ${here}`), /The list of .* is CT-STK.* \(OPEN\)/)
  assert.match(await say(`stocktake daily --outlet ${here}`), /97.5 % +CT-STK\S+ OPEN/)
  assert.match(await say(`stocktake setting ${here} --off --dry-run`), /Would be so: .*no daily lists/)
  assert.match(await say(`stocktake flag ${tea} --outlet ${here} --remove`), /flagged no longer/)
  assert.match(await say(`stocktake flags`), /There are none/)
})

test('from the command line: what cannot be read is named, and nothing is sent', async () => {
  await using shop = await openStocktaking()
  const wrong: [string, RegExp][] = [
    ['stocktake create', /--outlet is missing/],
    [`stocktake create --outlet ${shop.here} --filter colour=red`, /--filter: give brand=<id>/],
    ['stocktake count X', /--code or --product/],
    ['stocktake decide X --decision maybe', /--decision: give one of leave, zero/],
    ['stocktake post X', /--digest is missing/],
    ['stocktake recount X', /Give --line and --quantity/],
    ['stocktake setting X --on --off', /Give --on or --off/],
    ['stocktake setting X --goal many', /--goal: give a percentage/],
  ]
  for (const [line, words] of wrong) {
    const { exitCode, stderr } = await shop.consign(line)
    assert.deepEqual([exitCode, words.test(stderr)], [2, true], `${line}: ${stderr}`)
  }
  const transfer = await shop.transfer()
  const { exitCode, stderr } = await shop.consign(`stocktake freeze ${transfer}`)
  assert.deepEqual([exitCode, /nothing is counted in it/.test(stderr)], [3, true], stderr)
})

/** Four are there, somebody else says; that is simulated and posted, and Lightspeed has it. */
async function review(shop: Shop, { say, number, product }: { say: Say; number: string; product: string }) {
  const line = JSON.parse(await say(`stocktake counts ${number} --json`)).data.find(
    (one: { productId: string }) => one.productId === product,
  ).lineId
  assert.match(await say(`stocktake recounts ${number} --ask ${line} --reason odd`), /to do/)
  const own = await shop.consign(`stocktake recount ${number} --line ${line} --quantity 4`)
  assert.equal(own.exitCode, 0, own.stderr)
  await shop.sync('inventory')
  assert.match(await say(`stocktake variances ${number}`), /Variance[\s\S]*1 counted, 1 differ, 2 left as they are/)
  const simulated = await say(`stocktake simulate ${number}`)
  const [, digest = ''] = /--digest (\w{12})/.exec(simulated) ?? []
  assert.match(await say(`stocktake post ${number} --digest ${digest} --dry-run`), /Nothing was posted[\s\S]*POST/)
  const stale = await shop.consign(`stocktake post ${number} --digest ${'0'.repeat(64)}`)
  assert.deepEqual([stale.exitCode, /simulate it again/.test(stale.stderr)], [3, true])
  assert.match(await say(`stocktake post ${number} --digest ${digest}`), /is posted: 1 product put right, in 1 request/)
  const worker = await shop.hire()
  await shop.until(JSON.parse(await say(`stocktake show ${number} --json`)).id, 'synced')
  await worker.stop()
}

type Say = ReturnType<typeof sayIn>

type Shop = Awaited<ReturnType<typeof openStocktaking>>

/** Types a line, as the administrator or as a hand on the floor, and reads what is printed. */
function sayIn({ app, consign, hireHand }: Shop) {
  const ask = async (input: string | URL | Request, init?: RequestInit) => app.request(input, init)
  return async (line: string | readonly string[], who: 'administrator' | 'hand' = 'administrator') => {
    const typed = who === 'hand' ? await typedBy(line) : await consign(line)
    assert.equal(typed.exitCode, 0, `${String(line)}: ${typed.stderr}`)
    return typed.stdout
  }
  async function typedBy(line: string | readonly string[]) {
    const headers = await hireHand('anna', 'consignments:receive', 'consignments:read')
    return typeCommand(line, { api: hc<Api>('http://shop.test', { headers, fetch: ask }) })
  }
}
