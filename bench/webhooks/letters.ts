import { randomUUID } from 'node:crypto'
import { envelopeSignature } from '#src/webhooks/signature.ts'

export const secret = 'the-secret-of-the-bench'

/** Signed webhooks, each another one, as bytes that only have to be sent. */
export function writeRequests(count: number): Buffer[] {
  return Array.from({ length: count }, () => requestOf(Buffer.from(JSON.stringify(envelope()))))
}

function envelope() {
  return {
    event_id: randomUUID(),
    event_type: 'product.updated',
    created_at: new Date().toISOString(),
    data: {
      id: randomUUID(),
      name: 'Oat milk 1 l, barista',
      sku: '9400547022221',
      handle: 'oat-milk-1l-barista',
      supplier_code: 'OAT-1L',
      active: true,
      price_including_tax: 5.9,
      description: 'Shelf beside the coffee. '.repeat(16),
      updated_at: new Date().toISOString(),
      version: 81_235_441,
    },
  }
}

function requestOf(body: Buffer): Buffer {
  const head = [
    'POST /webhooks/lightspeed HTTP/1.1',
    'host: 127.0.0.1',
    'user-agent: bench',
    'content-type: application/json',
    `x-lightspeed-signature: ${envelopeSignature(body, secret)}`,
    `content-length: ${body.byteLength}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}
