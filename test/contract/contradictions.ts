import { isJson, type Json } from './shop.ts'

/** A place where the official description says what cannot be meant, found by hand, with the reason. */
export type Contradiction = {
  operation: string
  at: string
  says: string
  because: string
  /** What of the body can still be held against the schema. */
  rest?: (body: Json) => unknown
}

/**
 * Of API 2.0 as of January 2026. What the description's own examples contradict is found by the check itself and needs no
 * entry here, unless something of the body can still be checked. `says` is the beginning of the complaint.
 */
export const contradictions: readonly Contradiction[] = [
  {
    operation: 'GET /consignments',
    at: 'the body',
    says: 'must be array',
    because:
      'declared as a bare array, though every other list, the page about paging and all known clients have {data, version}',
    rest: (body) => body['data'],
  },
  ...['GET /user', 'GET /users/{user_id}'].map((operation) => ({
    operation,
    at: '/data',
    says: 'must be object',
    because: 'its own examples show a list of one',
    rest: (body: Json) => ({ ...body, data: onlyOne(body['data']) }),
  })),
  ...['', '/customers'].map((under) => ({
    operation: `DELETE /customer_groups/{customer_group_id}${under}`,
    at: 'the body',
    says: 'must be boolean',
    because: 'declares a body for 204, an answer that has none',
  })),
  {
    operation: 'POST /consignments/{consignment_id}/products',
    at: '/data/deleted_at',
    says: 'must be string',
    because: 'requires the moment of deletion of a line that has just been added; other schemas have it nullable',
  },
]

const onlyOne = (data: unknown): unknown =>
  Array.isArray(data) && data.length === 1 && isJson(data[0]) ? data[0] : data

export type Refusal = { where: string; reason: string; because: string }

/** Examples that cannot become a row of the mirror, and should not. */
export const refusals: readonly Refusal[] = [
  {
    where: 'schema Sale',
    reason: 'version is not a whole number',
    because: 'written by a generator: every text is the word string, and the version the lowest number there is',
  },
]
