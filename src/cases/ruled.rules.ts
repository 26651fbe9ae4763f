/** What has cases, and rules about who sees to them. */
export const ruledTypes = ['PURCHASE_ORDER', 'OUTLET_TRANSFER'] as const
