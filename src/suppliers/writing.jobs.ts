import { z } from 'zod'
import { giveUp } from '../jobs/handler.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { send, type Deed } from '../writes/deed.ts'
import { mergeFields, stillOther, type Fields } from '../writes/merging.rules.ts'
import { createOnce } from '../writes/once.jobs.ts'
import { listEarlier } from '../writes/writes.store.ts'
import { changeRequest, creationRequest, fieldsOf } from './supplier-fields.rules.ts'
import { findByName, readSupplier, type RemoteSupplier } from './suppliers.remote.ts'

const fields = z.record(z.string(), z.string().nullable())
const making = z.object({ set: fields })
const changing = z.object({ supplierId: z.string(), set: fields, before: fields })
const made = z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])

/** JUDGMENT: a supplier carries no token of ours. One of this name that was not there before we asked is the one we asked for. */
export const createSupplier: Deed = async (desk) => {
  const { set } = making.parse(desk.write.wish)
  const name = String(set['name'])
  const id = await createOnce(desk, {
    request: creationRequest(set),
    find: async () => {
      const found = await findByName(desk, name)
      return found && { id: found.id, isOurs: true }
    },
    idIn: (body) => made.parse(readContents(body).records[0]),
    taken: `There is a supplier called ${name} in Lightspeed already`,
  })
  const there = await readSupplier(desk, id)
  if (!there) throw new Error(`Lightspeed made the supplier ${id}, and does not show it yet`)
  return { remoteId: id, result: told(there) }
}

/** Reads, writes what is not yet so, and reads again; what somebody else has changed meanwhile is never written over. */
export const updateSupplier: Deed = async (desk) => {
  const { supplierId, set, before } = changing.parse(desk.write.wish)
  const there = (await readSupplier(desk, supplierId)) ?? giveUp(`Lightspeed has no supplier ${supplierId} any more`)
  const earlier = (await listEarlier(desk.context.database.db, desk.write, 50)).flatMap(({ wish }) => earlierSet(wish))
  const { toWrite, foreign } = mergeFields({ set, before, earlier, current: fieldsOf(there) })
  if (foreign.length > 0) giveUp(`Nothing was written: ${foreign.join('; ')}`)
  if (toWrite.length === 0) return { remoteId: supplierId, result: told(there) }
  await send(desk, changeRequest(supplierId, set, there))
  const now = (await readSupplier(desk, supplierId)) ?? giveUp(`Lightspeed has no supplier ${supplierId} any more`)
  const other = stillOther(set, fieldsOf(now))
  if (other.length > 0) throw new Error(`Lightspeed took the change, and yet ${other.join('; ')}`)
  return { remoteId: supplierId, result: told(now) }
}

function earlierSet(wish: unknown): Fields[] {
  const read = changing.safeParse(wish)
  return read.success ? [read.data.set, read.data.before] : []
}

function told(there: RemoteSupplier): object {
  return { supplierId: there.id, version: there.version, ...fieldsOf(there) }
}
