import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOffice, cups } from '#test/office.ts'

test('from the command line: what waits is listed, answered together or not at all, and its history told', async () => {
  await using office = await openOffice()
  const [first, second] = [await office.order(), await office.order()]
  for (const { number } of [first, second]) await office.consign(`consignment submit ${number}`)
  await office.db.updateTable('approval_request').set({ asked_by: 'a-buyer' }).execute()
  assert.match(
    (await office.consign('approval inbox')).stdout,
    new RegExp(`${first.number} +49\\.50 NZD .* fresh +a-buyer +store_manager`),
  )
  const both = `${first.number},${second.number}`
  const tried = await office.consign(`approval decide approve --ids ${both} --dry-run`)
  assert.match(tried.stdout, /Would be so: 2 documents approved/)
  await office.consign(`consignment withdraw ${second.number}`)
  assert.equal((await office.consign(`approval decide approve --ids ${first.number} --reason`)).exitCode, 2)
  assert.match((await office.consign(`approval decide approve --ids ${both}`)).stdout, /2 documents approved/)
  assert.match(
    (await office.consign(`approval history ${first.number}`)).stdout,
    /a-buyer +49\.50 NZD +approved +administrator/,
  )
  assert.equal((await office.consign(`approval decide approve --ids ${both}`)).exitCode, 3)
  assert.equal((await office.consign('approval inbox')).stdout.trim(), 'Nothing waits for approval.')
})

test('from the command line: tiers are added, changed and taken back, somebody stands in for another, and one’s own is allowed', async () => {
  await using office = await openOffice()
  const json = async (line: string) => JSON.parse((await office.consign(`${line} --json`)).stdout)
  const { id } = await json('approval add-tier PURCHASE_ORDER --up-to 500 --role buyer --outlet outlet-hub')
  const changed = await office.consign(`approval edit-tier ${id} --up-to none --outlet - --off`)
  assert.match(changed.stdout, /buyer approves PURCHASE_ORDER without limit, but does not count/)
  assert.match(
    (await office.consign('approval rules')).stdout,
    new RegExp(`${id} +PURCHASE_ORDER +without limit +buyer +no`),
  )
  assert.match((await office.consign(`approval remove-tier ${id} --dry-run`)).stdout, /Could be taken back/)
  assert.match((await office.consign(`approval remove-tier ${id}`)).stdout, /Taken back/)
  assert.equal((await office.consign(`approval remove-tier ${id}`)).exitCode, 1)
  const given = await json('approval delegate token:b --from token:a --starts 2026-12-24 --ends 2027-01-05')
  assert.match((await office.consign('approval rules')).stdout, /token:a +token:b +2026-12-24T00:00 +2027-01-05T00:00/)
  assert.match((await office.consign(`approval remove-delegation ${given.id}`)).stdout, /Taken back/)
  assert.match((await office.consign('approval own allowed')).stdout, /Approving one’s own is allowed/)
  assert.match((await office.consign('approval rules')).stdout, /Who may approve a total may approve his own/)
  for (const wrong of ['approval own maybe', 'approval add-tier GIFT --up-to 5 --role a', `approval edit-tier ${id}`])
    assert.equal((await office.consign(wrong)).exitCode, 2, wrong)
})

test('from the command line: an order is edited line by line, with the reason once it is approved, and tells what was changed', async () => {
  await using office = await openOffice()
  const { number, id } = await office.order()
  const run = async (line: string | string[]) => {
    const { exitCode, stdout, stderr } = await office.consign(line)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }
  assert.match(await run(['consignment', 'edit', number, '--note', 'By Friday', '--dry-run']), /By Friday/)
  assert.equal((await office.show(id)).note, null)
  assert.match(await run(`consignment edit ${number} --reference Spring --version 1`), /Reference Spring/)
  assert.equal((await office.consign(`consignment edit ${number} --reference - --version 1`)).exitCode, 3)
  assert.match(await run(`consignment add-lines ${number} --lines ${cups}=2@1.50`), /CUPS +Cups +2 +0 +1\.50 NZD/)
  assert.match(await run(`consignment remove-line ${number} CUPS`), /Total 49\.50/)
  await run('approval own allowed')
  await run(`consignment submit ${number}`)
  await run(`consignment approve ${number}`)
  const refused = await office.consign(`consignment edit-line ${number} TEA --quantity 8`)
  assert.deepEqual([refused.exitCode, /say why/.test(refused.stderr)], [2, true])
  await run(['consignment', 'edit-line', number, 'TEA', '--quantity', '8', '--reason', 'Less room'])
  assert.match(
    await run(`consignment revisions ${number}`),
    /Revision 1 .* administrator: Less room\n {2}10 × TEA → 8 ×\n {2}total 49\.50 → 39\.60 NZD/,
  )
  assert.match(await run(`consignment timeline ${number}`), /approved\n.*submitted/)
  assert.equal((await office.consign(`consignment edit-line ${number} NOTHING --quantity 8`)).exitCode, 1)
  assert.match(await run(`consignment track ${number}`), /No courier has/)
  await run(`consignment track ${number} --reference NZP-7 --carrier nzpost`)
  assert.match(await run(`consignment track ${number}`), /goes by NZP-7 \(nzpost\)/)
})
