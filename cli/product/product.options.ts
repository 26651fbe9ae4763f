import type { Client } from '../client.ts'
import { supplierNamed } from '../naming.ts'
import { names, text } from '../options.ts'

/** What a product can be given, at its making and later. */
export const productOptions = {
  description: text('<text>', 'For the web shop; may hold HTML'),
  'supply-price': text('<amount>', 'What one costs, such as 4.95'),
  'retail-price': text('<amount>', 'What it sells for, with tax'),
  'price-without-tax': text('<amount>', 'The same without tax; one of the two'),
  supplier: text('<name>', 'Who supplies it'),
  'supplier-code': text('<code>', 'Under which code'),
  brand: text('<id>', 'Its brand'),
  codes: names('<code,…>', 'All its barcodes'),
}

type Given = {
  description: string | undefined
  'supply-price': string | undefined
  'retail-price': string | undefined
  'price-without-tax': string | undefined
  supplier: string | undefined
  'supplier-code': string | undefined
  brand: string | undefined
  codes: string[] | undefined
}

/** The same by the names of the API. */
export async function productFields(api: Client, given: Given) {
  const { description, supplier, brand, codes } = given
  return {
    ...(description === undefined ? {} : { description }),
    ...(given['supply-price'] === undefined ? {} : { supplyPrice: given['supply-price'] }),
    ...(given['retail-price'] === undefined ? {} : { priceIncludingTax: given['retail-price'] }),
    ...(given['price-without-tax'] === undefined ? {} : { priceExcludingTax: given['price-without-tax'] }),
    ...(supplier === undefined ? {} : { supplierId: await supplierNamed(api, supplier) }),
    ...(given['supplier-code'] === undefined ? {} : { supplierCode: given['supplier-code'] }),
    ...(brand === undefined ? {} : { brandId: brand }),
    ...(codes === undefined ? {} : { codes }),
  }
}
