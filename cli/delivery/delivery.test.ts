import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDock, type Dock } from '#test/dock.ts'
import { hub, milk, tea } from '#test/office.ts'

test('from the command line: an order is received in one go, and the same command again does nothing further', async () => {
  await using dock = await openDock()
  const say = wordsOf(dock)
  const { number, id } = await dock.sent({ [tea]: 10, [milk]: 4 })
  const receive = ['consignment', 'receive', number, '--id', randomUUID()]
  const counted = [
    ...receive,
    '--scan',
    'TEA=12',
    '--scan',
    'MILK=3:expired',
    '--scan',
    'NOBODY',
    '--outcome',
    'complete',
  ]
  assert.match(await say([...counted, '--dry-run']), /3 scans counted\. .* would be RECEIVED\. Nothing was changed\./)
  assert.equal((await dock.show(id)).status, 'SENT')
  assert.match(
    await say(counted),
    /^3 scans counted\. .* is now RECEIVED; delivery 1 is complete\.\n! TEA: 12 came, 10 were expected\n! NOBODY: .*delivery assign$/m,
  )
  assert.match(await say(counted), /^0 scans counted, 3 known already\. .* is now RECEIVED/)
  assert.deepEqual(await dock.received(id), { [tea]: ['12', '0'], [milk]: ['3', '3'] })
  const { number: next } = await dock.sent({ [tea]: 5 })
  assert.match(
    await say(['consignment', 'receive', next, '--as-ordered', '--outcome', 'complete']),
    /1 line taken over as expected\. .* is now RECEIVED/,
  )
})

test('from the command line: a delivery is begun, scanned from a file, ended, explained and amended', async () => {
  await using dock = await openDock()
  const say = wordsOf(dock)
  const { number, id } = await dock.sent({ [tea]: 10, [milk]: 4 })
  assert.match(await say(`delivery list ${number}`), /Nothing has arrived yet/)
  assert.match(await say(`delivery begin ${number} --dry-run`), /may be received\. Nothing was changed/)
  assert.match(await say(`delivery begin ${number} --note Van`), /Delivery 1 of .* is begun; .* is RECEIVING/)
  assert.match(await say(`delivery begin ${number}`), /is open already: you count along/)
  const file = join(dock.dataDir, 'scans.csv')
  writeFileSync(file, `code,quantity,condition\n${'TEA,1,\n'.repeat(600)}MILK,2,damaged_in_transit\nBOX/12,1,\n`)
  const send = `delivery scan ${number} --file ${file} --request ${randomUUID()} --device till-1`
  assert.match(await say(send), /^602 scans counted\.\n(! TEA: .*\n)+! BOX\/12: /)
  assert.match(await say(send), /^0 scans counted, 602 known already\.$/m)
  assert.match(await say(`delivery scan ${number} 1 --scan TEA=-591`), /^1 scan counted\.$/m)
  assert.match(
    await say(`delivery assign ${number} BOX/12 --product ${milk} --units 2`),
    /BOX\/12 is 2 of product-milk; 2 counted/,
  )
  assert.match(await say(`delivery show ${number} --odd`), /TEA +Tea +10 +9 +9 +-1/)
  assert.match(await say(`delivery finish ${number} --outcome more_to_come`), /has ended; .* is now PARTIAL/)
  assert.match(
    await say(`delivery explain ${number} TEA --reason short`),
    /TEA: 9 of 10 came, which differs by -1, short/,
  )
  assert.match(await say(`delivery explain ${number} TEA --reason none`), /TEA: 9 of 10 came, which differs by -1\.$/m)
  const amend = [
    'delivery',
    'amend',
    number,
    'TEA',
    '--received',
    '10',
    '--damaged',
    'expired=1',
    '--reason',
    'In the van',
  ]
  assert.match(await say([...amend, '--dry-run']), /^Would be so: TEA: 10 of 10 came/)
  assert.match(await say(amend), /^TEA: 10 of 10 came \(1 expired\)\.$/m)
  assert.match(await say(`delivery list ${number}`), /^1 .* more_to_come +2 .*Van$/m)
  assert.deepEqual(await dock.received(id), { [tea]: ['10', '1'], [milk]: ['4', '2'] })
  const { number: waiting } = await dock.sent({ [tea]: 5 })
  assert.match(
    await say(`delivery arrivals --outlet ${hub} --code TEA`),
    new RegExp(`${waiting} +SENT +product-tea +5 +0 +5`),
  )
})

test('from the command line: what is wrong is refused with the field named, and nothing is counted', async () => {
  await using dock = await openDock()
  const { number, id } = await dock.sent({ [tea]: 10 })
  const wrong: readonly (readonly [string, number, RegExp])[] = [
    [`consignment receive ${number}`, 2, /--scan, --file, --as-ordered or --outcome/],
    [`consignment receive ${number} --scan TEA=1e3`, 2, /scans\.0\.quantity/],
    [`consignment receive ${number} --scan TEA=1 --scan TEA=1:sad`, 2, /scans\.1\.condition/],
    [`consignment receive ${number} --scan TEA=1000000`, 2, /scans\.0\.quantity/],
    [`consignment receive ${number} --file nowhere.csv`, 2, /nowhere\.csv cannot be read/],
    [`delivery scan ${number} --scan TEA`, 2, /Nothing of .* has arrived yet/],
    [`delivery finish ${number}`, 2, /--outcome is missing/],
    [`delivery explain ${number} MILK --reason short`, 2, /has no line MILK/],
    [`delivery amend ${number} TEA --received 5`, 2, /--reason is missing/],
    [`delivery amend ${number} TEA --received NaN --reason x`, 2, /received/],
    [`delivery assign ${number} NEVER --product ${tea}`, 3, /counts are taken while it is being received/],
    [`delivery arrivals --outlet ${hub}`, 2, /--code or --product/],
  ]
  for (const [typed, exitCode, said] of wrong) {
    const { exitCode: ended, stderr } = await dock.consign(typed)
    assert.match(stderr, said, typed)
    assert.equal(ended, exitCode, typed)
  }
  assert.equal((await dock.show(id)).status, 'SENT')
})

function wordsOf({ consign }: Dock) {
  return async (line: string | readonly string[]) => {
    const { exitCode, stdout, stderr } = await consign(line)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }
}
