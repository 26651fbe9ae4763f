/** What Lightspeed itself sends, all there is. */
export const lightspeedTypes = [
  'sale.update',
  'product.update',
  'customer.update',
  'inventory.update',
  'register_closure.create',
  'consignment.send',
  'consignment.receive',
] as const
export type LightspeedType = (typeof lightspeedTypes)[number]

/** What relays and the retailer's other systems send in signed envelopes. */
export const envelopeTypes = [
  'product.created',
  'product.updated',
  'product.deleted',
  'sale.created',
  'sale.updated',
  'customer.created',
  'customer.updated',
  'consignment.created',
  'consignment.updated',
  'consignment.sent',
  'consignment.received',
  'inventory.updated',
] as const
export type EnvelopeType = (typeof envelopeTypes)[number]

export const isLightspeedType = (type: string): type is LightspeedType => lightspeedTypes.some((one) => one === type)

export const isEnvelopeType = (type: string): type is EnvelopeType => envelopeTypes.some((one) => one === type)
