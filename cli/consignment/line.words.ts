import { parseResponse } from 'hono/client'
import { Refusal } from '#src/kernel/refusal.ts'
import type { Client } from '../client.ts'
import { productNamed } from '../naming.ts'
import { misuse } from '../options.ts'

/** `<product>=<quantity>`, or `<product>=<quantity>@<cost of one>`. */
export async function plannedLine(api: Client, given: string) {
  const [, product = '', quantity = '', unitCost] = /^(.+)=([^@]+)(?:@(.+))?$/.exec(given) ?? []
  if (product === '') throw misuse(`--lines: give <product>=<quantity>, not "${given}"`)
  return { productId: await productNamed(api, product), quantity, ...(unitCost === undefined ? {} : { unitCost }) }
}

/** The id of a line that somebody named by it, by its product or by the SKU. */
export async function findLine(api: Client, id: string, word: string): Promise<string> {
  const { lines, number } = await parseResponse(api.api.v1.consignments[':id'].$get({ param: { id } }))
  const line = lines.find((one) => [one.id, one.productId, one.sku].includes(word))
  if (line) return line.id
  throw new Refusal('not_found', 'line_unknown', `${number} has no line ${word}`)
}
