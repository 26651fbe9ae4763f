import { bearsNoTax } from './assortment.ts'
import type { Ground, Source } from './ground.ts'
import { noTax } from './money.ts'
import { stamp } from './time.ts'

/** Tax of each product that differs from the default, at each outlet. The key is made of both ids. */
export function outletTaxes(ground: Ground): Source {
  const { outlets, outletTaxes: count, products: all } = ground.sizes
  const untaxed = Array.from({ length: all }, (_, product) => product).filter(bearsNoTax)
  const place = (index: number) => ({
    outlet: Math.floor(index / untaxed.length),
    product: untaxed[index % untaxed.length] ?? 0,
  })
  return {
    count: Math.min(count, untaxed.length * outlets),
    row: (index) => {
      const { outlet, product } = place(index)
      const [outletId, productId] = [ground.id('outlets', outlet), ground.id('products', product)]
      const version = ground.version('outlet_taxes', index)
      const gone = index % 97 === 5 ? { deleted_at: stamp(ground.time('outlet_taxes', index)) } : {}
      return {
        id: outletTaxId(outletId, productId),
        outlet_id: outletId,
        product_id: productId,
        tax_id: ground.id('taxes', noTax),
        ...gone,
        version,
      }
    },
    indexOf: (id) => {
      const [outletId = '', productId = ''] = id.split('.')
      const outlet = ground.ids.indexIn('outlets', outletId)
      const product = untaxed.indexOf(ground.ids.indexIn('products', productId) ?? -1)
      return outlet === undefined || product < 0 ? undefined : outlet * untaxed.length + product
    },
  }
}

/** The key of an outlet tax, which has no id on the wire. */
export const outletTaxId = (outletId: string, productId: string): string => `${outletId}.${productId}`
