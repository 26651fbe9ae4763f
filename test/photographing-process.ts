import { readFileSync } from 'node:fs'
import { readConfig } from '#src/config.ts'
import { buildApp } from '#src/http/app.ts'
import { openHouse } from '#src/main.ts'

/** Sends one photo to a document, and is killed as soon as so many of its files lie in the storage. */
const [ref = '', id = '', photo = '', files = '0'] = process.argv.slice(2)
await using opened = await openHouse(readConfig(), () => {}, { joins: true, syncs: false })
const { house } = opened
let stored = 0
const put: typeof house.storage.put = async (key, file) => {
  await house.storage.put(key, file)
  stored += 1
  if (stored === Number(files)) process.kill(process.pid, 'SIGKILL')
}
const app = buildApp({ ...house, storage: { ...house.storage, put } })
await app.request(`/api/v1/consignments/${ref}/evidence?id=${id}`, {
  method: 'POST',
  headers: { authorization: `Bearer ${process.env['CONSIGN_ADMIN_TOKEN']}`, 'content-type': 'image/jpeg' },
  body: readFileSync(photo),
})
