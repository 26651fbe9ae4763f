import { readRecords } from '#src/mirror/reading.ts'
import { entityNamed } from '#src/mirror/tables.ts'
import type { ReadExample } from './examples.ts'

const owner = '00000000-0000-11e9-0000-000000000000'

/** Reads records as the sync does: each becomes a row ready for the mirror's table or is refused. A nested record gets an owner that it cannot name itself. */
export const readExample: ReadExample = (name, records) => {
  const entity = entityNamed(name)
  let occurrence = 0
  const { refused, drift } = readRecords(entity, records, () => ({
    [entity.nestedIn?.column ?? 'owner_id']: owner,
    occurrence: ++occurrence,
  }))
  const unread = [...drift.values()].map(({ kind, field }) => `${field} (${kind})`)
  return { accepted: records.length - refused.length, refused, unread }
}
