import type { Client } from '../client.ts'
import { outletNamed } from '../naming.ts'
import { misuse, text } from '../options.ts'

/** Where stock is changed. */
export const placeOptions = {
  product: text('<id>', 'The product, by its id in Lightspeed'),
  code: text('<code>', 'Or by its SKU, or any of its codes'),
  outlet: text('<name>', 'The outlet'),
  reason: text(
    '<words>',
    'damage, expiry, theft, donation, internal-use, stock-found, sample-for-sale; or your own words',
  ),
}

type Given = { [Name in keyof typeof placeOptions]: string | undefined }

/** The same by the names of the API. */
export async function placeIn(api: Client, { product, code, outlet, reason }: Given) {
  if ((product === undefined) === (code === undefined)) throw misuse('Give --product, or --code, and not both')
  if (outlet === undefined)
    throw misuse('--outlet is missing: the name of an outlet, as `consign mirror list outlets` shows it')
  return {
    ...(product === undefined ? { code } : { productId: product }),
    outletId: await outletNamed(api, outlet),
    ...(reason === undefined ? {} : { reason }),
  }
}
