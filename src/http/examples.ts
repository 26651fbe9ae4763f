const id = '0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11'

/** What somebody would send to each route that takes a body; shown in the description, and tried by its test. */
export const examples: Record<string, object> = {
  'POST /api/v1/session': { token: 'consign_…' },
  'POST /api/v1/sync/runs': { entities: ['products', 'inventory'], since: '2026-11-01' },
  'POST /api/v1/sync/cursor-resets': { entities: ['inventory'] },
  'POST /api/v1/reconciliations': { entities: ['inventory'], dryRun: true },
  'POST /api/v1/cleanups': { days: 30, dryRun: true },
  'POST /api/v1/jobs/processing': { kind: 'webhooks.process', batch: 50 },
  'POST /api/v1/jobs/clearings': { state: 'done', days: 7, dryRun: true },
  'DELETE /api/v1/jobs/{id}': { reason: 'It was asked for by mistake' },
  'POST /api/v1/dead-letters/retries': { kind: 'webhooks.process', limit: 100 },
  'PATCH /api/v1/dead-letters/{id}': { payload: { entities: ['products'] } },
  'DELETE /api/v1/dead-letters/{id}': { reason: 'The shelf is gone' },
  'PATCH /api/v1/schedules/{name}': { paused: true },
  'POST /api/v1/webhook-events': { event_type: 'sale.updated', event_id: 'relay-4711', data: { id: '1' } },
  'POST /api/v1/webhook-events/processing': { limit: 100 },
  'POST /api/v1/webhook-registrations': { url: 'https://consign.example.com', dryRun: true },
  'POST /api/v1/webhook-tests': { url: 'http://127.0.0.1:1/webhooks/lightspeed', event: 'product.updated' },
  'POST /api/v1/webhook-simulations': { event: 'sale.update' },
  'POST /api/v1/tokens': { name: 'stock-report', scopes: ['mirror:read'], expiresAt: '2100-01-01T00:00:00Z' },
  'POST /api/v1/consignments': {
    type: 'PURCHASE_ORDER',
    outletId: id,
    supplierId: id,
    reference: 'Spring',
    lines: [{ productId: id, quantity: '12', unitCost: '4.95' }],
  },
  'PATCH /api/v1/consignments/{id}': { note: 'By Friday, please' },
  'POST /api/v1/consignments/{id}/lines': { lines: [{ productId: id, quantity: '6' }], reason: 'The shelf is empty' },
  'PATCH /api/v1/consignments/{id}/lines/{lineId}': { quantity: '0', reason: 'No longer made' },
  'POST /api/v1/consignments/{id}/transitions': { to: 'SENT', dryRun: true },
  'POST /api/v1/consignments/{id}/cancellation': { reason: 'Ordered twice' },
  'POST /api/v1/consignments/{id}/approval': { decision: 'reject', reason: 'over_budget' },
  'POST /api/v1/approvals/decisions': { ids: [id], decision: 'approve' },
  'PATCH /api/v1/approval-rules': { ownAllowed: false },
  'POST /api/v1/approval-rules/tiers': { type: 'PURCHASE_ORDER', upTo: '500.00', role: 'store_manager', outletId: id },
  'POST /api/v1/approval-rules/roles': { actor: `token:${id}`, role: 'store_manager', outletId: id },
  'POST /api/v1/approval-rules/delegations': {
    from: `token:${id}`,
    to: 'administrator',
    startsAt: '2026-12-24T00:00:00Z',
    endsAt: '2027-01-05T00:00:00Z',
  },
  'POST /webhooks/lightspeed': {
    event_id: 'relay-4711',
    event_type: 'product.updated',
    created_at: '2026-11-21T09:00:00Z',
    data: { id: '1' },
  },
  'POST /webhooks/courier/{carrier}': {
    event_id: 'parcel-1-picked-up',
    event_type: 'consignment.sent',
    created_at: '2026-11-21T09:00:00Z',
    data: { id: '1' },
  },
}

/** Values for what stands in an address between braces. */
export const addressExamples: Record<string, string> = {
  id,
  lineId: id,
  kind: 'tiers',
  entity: 'products',
  name: 'mirror.prune',
  carrier: 'courier-post',
  type: 'sale.update',
}
