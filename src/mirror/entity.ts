import type { z } from 'zod'
import type { EndpointName } from '../lightspeed/endpoints.ts'

/** The columns of a mirrored record, each read by a field of lightspeed/wire/fields.ts and named as Lightspeed names it. */
export type RecordSchema = z.ZodObject<Record<string, z.ZodType>>

/** A list inside a record that gets a table of its own: one row an element, replaced whenever its owner changes. */
export type Child = {
  /** As in `consign sync` and /api/v1/mirror: plural, with hyphens. */
  name: string
  /** Table in schema mirror. */
  table: string
  /** The list's field in the owner's JSON. */
  from: string
  /** Column that holds the owner's id. With `position` (from 0) it is the primary key. */
  owner: string
  record: RecordSchema
}

/**
 * How a collection is read to its end:
 * by `version` (after = last version), as a `whole` list without cursor (what is missing in it is gone),
 * or `nested`: once for each record of another entity that changed since.
 */
type Walk = 'version' | 'whole' | 'nested'

export type Entity = {
  name: string
  table: string
  endpoint: EndpointName
  walk: Walk
  /** Primary key: columns of the record (for nested ones: of the record and its owner). */
  key: readonly string[]
  record: RecordSchema
  children: readonly Child[]
  /** Nested only: the entity that each list belongs to, and the column that names the owner. */
  nestedIn?: { entity: string; column: string }
}
