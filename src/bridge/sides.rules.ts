import type { UnitCost } from '../kernel/money.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { SafeCount } from './safe-count.rules.ts'

export type RemoteType = 'SUPPLIER' | 'OUTLET' | 'RETURN' | 'STOCKTAKE'

/** What stands above the lines in Lightspeed. Ids and text as they are sent; `dueAt` an instant, null where none is set. */
export type Header = {
  type: RemoteType
  outletId: string
  sourceOutletId: string | null
  supplierId: string | null
  name: string
  reference: string | null
  dueAt: string | null
}

/** A product's line as it should be. `received` null: nobody counted it, and nothing is said of it. */
export type WantedLine = {
  productId: string
  count: Quantity
  received: Quantity | null
  cost: UnitCost | null
  /** It stands there though nothing is expected of it there, so that it can be received. */
  isKept?: true
}

/** What Lightspeed should have of one leg. `status` null: it is not to be there. */
export type Wanted = {
  header: Header
  status: string | null
  lines: readonly WantedLine[]
  /** Without this no count is ever completed there. */
  posting?: SafeCount
}

/** All that Lightspeed has of one product: of several rows the sums, and how many rows there are. */
export type ThereLine = { productId: string; count: Quantity; received: Quantity; cost: UnitCost | null; rows: number }

/** A consignment as it was read in Lightspeed, all of its lines; `version` is the highest of it and them. */
export type There = { id: string; version: number; header: Header; status: string; lines: readonly ThereLine[] }
