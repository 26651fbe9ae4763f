import { types, type Type } from '#src/consignments/lifecycle.rules.ts'
import { misuse, text, type Option } from './options.ts'

const shortly: Record<Type, string> = {
  PURCHASE_ORDER: 'order',
  OUTLET_TRANSFER: 'transfer',
  SUPPLIER_RETURN: 'return',
  STOCKTAKE: 'count',
}

/** How types may be typed, for help. */
export const typeWords = `${types.join(', ')}, or shortly ${Object.values(shortly).join(', ')}`

/** The type that somebody typed, in whatever case. `named`: what the error calls it. */
export function typeNamed(given: string, named: string): Type {
  const type = types.find((one) => [one.toLowerCase(), shortly[one]].includes(given.toLowerCase()))
  if (type) return type
  throw misuse(`${named}: give one of ${typeWords}, not "${given}"`)
}

/** `--type`, to look at some only. */
export function typeOption(): Option<Type | undefined> {
  const option = text('<type>', `Only ${typeWords}`)
  const read = (given: string | boolean | undefined, name: string) => {
    const word = option.read(given, name)
    return word === undefined ? undefined : typeNamed(word, `--${name}`)
  }
  return { help: option.help, value: option.value, read }
}
