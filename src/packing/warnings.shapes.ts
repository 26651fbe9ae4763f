import { z } from 'zod'
import { shapeOf, text, uuid } from '../http/shape.ts'
import { warningCodes, type Warning } from './warnings.rules.ts'

export const warning = shapeOf<Warning>()(
  'PackingWarning',
  z.object({
    key: text.describe('Tells it from others of its code'),
    code: z.enum(warningCodes),
    message: text,
    lineId: uuid.nullable(),
    boxId: uuid.nullable(),
  }),
)
