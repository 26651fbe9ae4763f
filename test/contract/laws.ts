import type { Law } from './law.ts'
import { lawsOfConsignments } from './laws-of-consignments.ts'
import { lawsOfDoors } from './laws-of-doors.ts'
import { lawsOfLists } from './laws-of-lists.ts'
import { lawsOfRecords } from './laws-of-records.ts'
import { lawsOfStatuses } from './laws-of-statuses.ts'
import { lawsOfStock } from './laws-of-stock.ts'
import { lawsOfWebhooks } from './laws-of-webhooks.ts'
import type { Shop } from './shop.ts'

/** All that we know Lightspeed to do and can see from outside. */
export const laws: readonly Law[] = [
  ...lawsOfDoors,
  ...lawsOfLists,
  ...lawsOfConsignments,
  ...lawsOfStatuses,
  ...lawsOfStock,
  ...lawsOfRecords,
  ...lawsOfWebhooks,
]

/** The laws that may be checked at a shop: at a real one only those that read, unless writing was asked for. */
export const lawsFor = ({ kind }: Pick<Shop, 'kind'>, { write }: { write: boolean }): Law[] =>
  laws.filter((law) => kind === 'simulator' || (!law.simulatorOnly && (write || !law.writes)))
