import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { readAttention } from './attention.actions.ts'
import { head } from './consignments.shapes.ts'
import type { readNotices } from './notices.actions.ts'
import type { readTracking } from './tracking.actions.ts'

type Listed = Told<typeof readAttention>
type Open<View> = Omit<View, 'stage'> & { stage: string | null }

export const attentionPage = shapeOf<Omit<Listed, 'data'> & { data: Open<Listed['data'][number]>[] }>()(
  'AttentionPage',
  pageOf(
    z.object({
      ...head,
      because: z.array(z.object({ code: text, words: text })),
      since: time.describe('Since the first of these'),
    }),
  ),
)

export const noticePage = shapeOf<Told<typeof readNotices>>()(
  'NoticePage',
  pageOf(
    z.object({
      id: uuid,
      kind: text,
      consignmentId: uuid,
      number: text,
      toRoles: z.array(text),
      to: text.nullable(),
      why: text,
      at: time,
    }),
  ),
)

export const trackingShape = shapeOf<Told<typeof readTracking>>()(
  'ConsignmentTracking',
  z.object({
    id: uuid,
    number: text,
    tracking: z.array(z.object({ carrier: text.nullable(), reference: text })),
    pickedUp: z.array(z.object({ carrier: text, reference: text, at: time })),
  }),
)
