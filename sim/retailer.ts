import type { Fields } from './body.ts'
import type { SimContext } from './context.ts'
import { openIds } from './seed/ids.ts'

/** The retailer itself. Its version is a text, as in the description. */
export function retailerOf({ store, domainPrefix }: SimContext): Fields {
  const [group] = store.list('customer_groups', { after: 0, limit: 1, deleted: true })
  const id = typeof group?.['retailer_id'] === 'string' ? group['retailer_id'] : openIds(1).of('retailer', 0)
  return {
    id,
    domain_prefix: domainPrefix,
    store_url: `https://${domainPrefix}.retail.lightspeed.app`,
    account_status: 'active',
    account_type: 'plus',
    name: 'Harbour & Ridge Stores',
    version: '29483',
    loyalty: {
      enabled: true,
      ratio: 100,
      claim_url: `https://${domainPrefix}.retail.lightspeed.app/loyalty/claim`,
      send_welcome_email: false,
    },
    sku_sequence: { enabled: true, value: 10_000 },
    culture: 'en_NZ',
    timezone: { name: 'Pacific/Auckland' },
    tax_exclusive: false,
    country: 'NZ',
    currency: { code: 'NZD', symbol: '$' },
    store_credit: true,
    gift_cards: { enabled: true, never_enabled: false },
    created_at: '2019-03-03T20:30:00+00:00',
    activated_at: '2019-03-03T20:30:00+00:00',
  }
}
