import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { RoleView, takeRoleBack } from './roles.actions.ts'

export const roleShape = shapeOf<RoleView>()(
  'Role',
  z.object({
    role: text,
    words: text.nullable(),
    rights: z.array(text).readonly(),
    isChanged: z.boolean().describe('Changed by hand; DELETE takes it back to what it began with'),
  }),
)

export const roleList = z.object({ data: z.array(roleShape), next: z.null() }).meta({ ref: 'Roles' })

export const roleGrant = shapeOf<Told<typeof takeRoleBack>>()(
  'RoleGrant',
  z.object({
    id: uuid,
    actor: text,
    role: text,
    outletId: text.nullable().describe('null: everywhere'),
    createdBy: text,
    createdAt: time,
  }),
)

export const roleGrantPage = pageOf(roleGrant).meta({ ref: 'RoleGrantPage' })
export const givenRole = roleGrant.extend({ dryRun: z.boolean() }).meta({ ref: 'RoleGiven' })
