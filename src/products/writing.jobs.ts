import { z } from 'zod'
import { giveUp } from '../jobs/handler.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { send, type Deed, type Desk } from '../writes/deed.ts'
import { mergeFields, stillOther, type Fields } from '../writes/merging.rules.ts'
import { createOnce } from '../writes/once.jobs.ts'
import { listEarlier } from '../writes/writes.store.ts'
import { fieldsOf } from './product-fields.rules.ts'
import { changeRequest, creationRequest, deletionRequest } from './product-requests.rules.ts'
import { findBySku, readProduct, type RemoteProduct } from './products.remote.ts'

const value = z.union([z.string(), z.boolean(), z.null(), z.array(z.string())])
const fields = z.record(z.string(), value)

const making = z.object({ set: fields })
const changing = z.object({ productId: z.string(), set: fields, before: fields })
const deleting = z.object({ productId: z.string() })

/** The id of what was made is in a list: of a family there are more. */
const made = z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])

export const createProduct: Deed = async (desk) => {
  const { set } = making.parse(desk.write.wish)
  const sku = String(set['sku'])
  const id = await createOnce(desk, {
    request: creationRequest(set, desk.write.id),
    find: async () => {
      const found = await findBySku(desk, sku)
      return found && { id: found.id, isOurs: found.source_id === null || found.source_id === desk.write.id }
    },
    idIn: (body) => made.parse(readContents(body).records[0]),
    taken: `There is a product with the SKU ${sku} in Lightspeed already`,
  })
  const there = await readProduct(desk, id)
  if (!there) throw new Error(`Lightspeed made the product ${id}, and does not show it yet`)
  return { remoteId: id, result: told(there) }
}

/** Reads, writes what is not yet so, and reads again; what somebody else has changed meanwhile is never written over. */
export const updateProduct: Deed = async (desk) => {
  const { productId, set, before } = changing.parse(desk.write.wish)
  const there = (await readProduct(desk, productId)) ?? giveUp(`Lightspeed has no product ${productId} any more`)
  const earlier = (await listEarlier(desk.context.database.db, desk.write, 50)).flatMap(({ wish }) => earlierSet(wish))
  const { toWrite, foreign } = mergeFields({ set, before, earlier, current: fieldsOf(there) })
  if (foreign.length > 0) giveUp(`Nothing was written: ${foreign.join('; ')}`)
  if (toWrite.length === 0) return { remoteId: productId, result: told(there) }
  await send(desk, changeRequest(productId, toWrite, { set, there }))
  return { remoteId: productId, result: told(await readChanged(desk, productId, set)) }
}

async function readChanged(desk: Desk, productId: string, set: Fields): Promise<RemoteProduct> {
  const now = (await readProduct(desk, productId)) ?? giveUp(`Lightspeed has no product ${productId} any more`)
  const other = stillOther(set, fieldsOf(now))
  if (other.length > 0) throw new Error(`Lightspeed took the change, and yet ${other.join('; ')}`)
  return now
}

function earlierSet(wish: unknown): Fields[] {
  const read = changing.safeParse(wish)
  return read.success ? [read.data.set, read.data.before] : []
}

export const deleteProduct: Deed = async (desk) => {
  const { productId } = deleting.parse(desk.write.wish)
  if (await readProduct(desk, productId)) await send(desk, deletionRequest(productId))
  if (await readProduct(desk, productId)) throw new Error(`Lightspeed still shows the product ${productId}`)
  return { remoteId: productId, result: { productId, deleted: true } }
}

function told(there: RemoteProduct): object {
  return { productId: there.id, version: there.version, ...fieldsOf(there) }
}
