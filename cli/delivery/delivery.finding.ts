import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { misuse } from '../options.ts'

export const deliveryHelp = 'Which one, by its id or 1, 2, …; the open one, else the last'

/** The id of a delivery as somebody names it: by id, by its place, or not at all. Throws a Refusal when it is not there. */
export async function deliveryNamed(api: Client, id: string, word: string): Promise<string> {
  if (word.length > 4) return word
  const { data } = await parseResponse(api.api.v1.consignments[':id'].deliveries.$get({ param: { id } }))
  const found =
    word === ''
      ? (data.find(({ completedAt }) => completedAt === null) ?? data.at(-1))
      : data.find(({ position }) => String(position) === word)
  if (found) return found.id
  throw misuse(
    word === '' ? `Nothing of ${id} has arrived yet: consign delivery begin` : `There is no delivery ${word}`,
  )
}

/** The id of a line as somebody names it: by id, product or SKU. */
export async function lineNamed(api: Client, id: string, word: string): Promise<string> {
  const { lines, number } = await parseResponse(api.api.v1.consignments[':id'].$get({ param: { id } }))
  const line = lines.find((one) => [one.id, one.productId, one.sku].includes(word))
  if (line) return line.id
  throw misuse(`<line>: ${number} has no line ${word}`)
}
