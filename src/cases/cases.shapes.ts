import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import { money } from '../consignments/consignments.shapes.ts'
import type { readCase, readCases } from './cases.actions.ts'

const decimal = text.describe('An exact decimal; below zero where something is missing')

const fields = {
  id: uuid,
  consignmentId: uuid,
  number: text,
  type: text,
  status: text.describe('Of its document'),
  outletId: text,
  sourceOutletId: text.nullable(),
  supplierId: text.nullable(),
  lineId: uuid,
  productId: text,
  sku: text.nullable(),
  name: text.nullable(),
  kind: text,
  quantity: decimal,
  openedQuantity: decimal.describe('What it was when it was opened'),
  value: money.nullable().describe('null for who may not see costs'),
  state: z.enum(['open', 'settled']),
  owner: text.nullable().describe('`role:store_manager`, or the id of who sees to it'),
  ownerOutletId: text.nullable().describe('Of a role: where'),
  dueAt: time.nullable(),
  isOverdue: z.boolean(),
  outcome: text.nullable(),
  note: text.nullable(),
  foundOutletId: text.nullable().describe('Where it was found'),
  stockWriteId: text.nullable().describe('The change of stock that was asked of Lightspeed for it'),
  reshipId: text.nullable().describe('The document that brings it again'),
  noPhotoReason: text.nullable().describe('Of damage that was claimed for without a photo'),
  openedBy: text,
  openedAt: time,
  settledBy: text.nullable(),
  settledAt: time.nullable(),
  version: count.describe('The one in its ETag'),
}

export const caseShape = shapeOf<Told<typeof readCase>>()('Case', z.object(fields))
export const doneCase = caseShape.extend({ dryRun: z.boolean() }).meta({ ref: 'DoneToCase' })
export const casePage = shapeOf<Told<typeof readCases>>()('CasePage', pageOf(z.object(fields)))
