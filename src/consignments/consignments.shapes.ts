import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { createConsignment } from './drafting.actions.ts'
import { acts, approvals, statuses, types } from './lifecycle.rules.ts'
import type { ConsignmentView, readConsignments, readRevisions, readTimeline } from './reading.actions.ts'
import { warning } from '../packing/warnings.shapes.ts'
import { links } from './stage.rules.ts'
import type { tryTransition } from './transitions.actions.ts'

const decimal = text.describe('An exact decimal')
export const money = z.object({ amount: decimal, currency: text })
const id = text.nullable()

export const head = {
  id: uuid,
  number: text,
  type: z.enum(types),
  status: z.enum(statuses),
  statusLabel: text,
  stage: text.nullable(),
  approval: z.enum(approvals),
  lightspeed: z.enum(links),
  version: count.describe('The one in its ETag'),
  outletId: text,
  sourceOutletId: id,
  supplierId: id,
  reference: text.nullable(),
  note: text.nullable(),
  dueAt: time.nullable(),
  currency: text,
  parentId: id,
  cancelReason: text.nullable(),
  createdBy: text,
  createdAt: time,
  updatedAt: time,
  statusSince: time,
}

export const ends = { outletName: id, sourceOutletName: id, supplierName: id }
export const totals = z.object({
  lines: count,
  quantity: decimal,
  cost: money.nullable().describe('null for who may not see costs'),
})
const step = { act: z.enum(acts), to: z.enum(statuses), label: text }
const line = z.object({
  id: uuid,
  position: count,
  productId: text,
  sku: text.nullable(),
  name: text.nullable(),
  supplierCode: text.nullable(),
  origin: text,
  quantity: decimal,
  packed: decimal,
  received: decimal.nullable(),
  damaged: decimal,
  shortPacked: decimal.describe('Planned, and not in a box when they were closed'),
  open: decimal.describe('What is still expected: of a transfer of what was sent'),
  packSize: decimal.nullable(),
  unitCost: money.nullable(),
  total: money.nullable(),
  decision: text.nullable(),
  reason: text.nullable().describe('Of a return: why it goes back'),
})

const relative = z.object({ id: uuid, number: text, type: text, status: text })

/** A stage is one of the words of its rules: text for who reads it. */
type Open<View> = Omit<View, 'stage'> & { stage: string | null }

export const consignment = shapeOf<Open<ConsignmentView>>()(
  'Consignment',
  z.object({
    ...head,
    ...ends,
    totals,
    lines: z.array(line),
    allowed: z.array(z.object(step)),
    parent: relative.nullable().describe('The document that it goes on from, or returns goods of'),
    children: z.array(relative).describe('Those that go on from it, or return goods of it'),
  }),
)
/** What an act answers that can be tried without doing it. */
export const done = consignment.extend({ dryRun: z.boolean() }).meta({ ref: 'DoneToConsignment' })

export const similar = z
  .array(z.object({ id: uuid, number: text, status: text, likeness: z.number() }))
  .describe('Orders of the last days that it may repeat')

type Drafted = Told<typeof createConsignment>
export const drafted = shapeOf<Open<Drafted> & { dryRun: boolean }>()(
  'DraftedConsignment',
  consignment.extend({
    dryRun: z.boolean(),
    similar,
  }),
)

type Listed = Told<typeof readConsignments>
export const consignmentPage = shapeOf<Omit<Listed, 'data'> & { data: Open<Listed['data'][number]>[] }>()(
  'ConsignmentPage',
  pageOf(z.object({ ...head, ...ends, totals })),
)

export const triedTransition = shapeOf<Told<typeof tryTransition>>()(
  'TriedTransition',
  z.object({
    ...step,
    dryRun: z.literal(true),
    id: uuid,
    number: text,
    from: z.enum(statuses),
    version: count,
    warnings: z.array(warning).describe('What has to be passed by `acceptedWarnings`'),
  }),
)

export const validation = z
  .object({
    ...head,
    isTerminal: z.boolean(),
    allowed: z.array(z.object(step)),
    hindered: z.array(z.object({ ...step, code: text, because: text })),
    editable: z.array(text),
    facts: z.record(z.string(), z.unknown()),
    warnings: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ ref: 'ConsignmentValidation' })

export const law = z
  .object({
    statuses: z.array(z.enum(statuses)),
    acts: z.array(z.enum(acts)),
    types: z.array(
      z.object({
        type: z.enum(types),
        statuses: z.array(
          z.object({ status: z.enum(statuses), label: text, isTerminal: z.boolean(), editable: z.array(text) }),
        ),
        steps: z.array(z.object({ ...step, from: z.enum(statuses), right: text, heldBackBy: z.array(text) })),
      }),
    ),
    conditions: z.array(z.object({ code: text, words: text })),
  })
  .meta({ ref: 'LawOfConsignments' })

const change = { at: time, actor: text, reason: text.nullable(), before: z.unknown(), after: z.unknown() }

export const timeline = shapeOf<Told<typeof readTimeline>>()(
  'ConsignmentTimeline',
  pageOf(z.object({ id: count, action: text, ...change })),
)
export const revisions = shapeOf<Told<typeof readRevisions>>()(
  'ConsignmentRevisions',
  z.object({
    data: z.array(
      z.object({
        number: count,
        ...change,
        changes: z.array(text).describe('In words, line by line'),
        totalBefore: money.nullable(),
        totalAfter: money.nullable(),
        isForSupplier: z.boolean().describe('An order that was sent: the supplier has to get it'),
        toldAt: time.nullable().describe('When the supplier was told'),
      }),
    ),
    next: z.null(),
  }),
)
