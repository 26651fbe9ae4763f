import { z } from 'zod'
import { endpoints } from '../lightspeed/endpoints.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { supplier } from '../lightspeed/wire/catalogue.ts'
import type { Desk } from '../writes/deed.ts'

type Asking = Pick<Desk, 'client' | 'signal'>

const contact = z.record(z.string(), z.unknown()).catch({})

export type RemoteSupplier = ReturnType<typeof supplierIn>

/** A supplier as Lightspeed has it now; null where it is gone. */
export async function readSupplier({ client, signal }: Asking, id: string): Promise<RemoteSupplier | null> {
  try {
    const found = supplierIn(await client.get(endpoints.suppliers, { id }, { signal }))
    return found.deleted_at === null ? found : null
  } catch (error) {
    if (error instanceof LightspeedError && error.kind === 'not_found') return null
    throw error
  }
}

/** The supplier of this name; null where there is none. There are a few hundred, and no filter. */
export async function findByName({ client, signal }: Asking, name: string): Promise<RemoteSupplier | null> {
  for (let after = 0; ;) {
    const page = await client.list(endpoints.suppliers, { after, deleted: false, signal })
    const found = page.records.map(supplierIn).find((one) => one.name === name && one.deleted_at === null)
    if (found) return found
    if (page.records.length === 0 || page.max === null || page.max <= after) return null
    after = page.max
  }
}

function supplierIn(record: unknown) {
  const row = supplier.parse(record)
  return { ...row, contact: contact.parse(row.contact) }
}
