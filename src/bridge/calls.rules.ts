import type { UnitCost } from '../kernel/money.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { Header } from './sides.rules.ts'

/** What is written of one line. What is absent stays as it is; `count` and `received` are what they will be. */
export type LineWrite = { productId: string; count?: Quantity; received?: Quantity; cost?: UnitCost }

/**
 * One request. `add` adds up where the product is there already, so it is only ever planned for products that a fresh
 * reading did not find; all others may be sent twice.
 */
export type Call =
  | { do: 'create'; header: Header; status: string }
  | { do: 'add'; lines: readonly LineWrite[] }
  | { do: 'set'; line: LineWrite }
  | { do: 'remove'; productId: string }
  | { do: 'update'; header: Header; status: string }
  | { do: 'delete' }
  /** Lightspeed's own job fills a count that was started, and says so in its status. */
  | { do: 'await'; status: string }
