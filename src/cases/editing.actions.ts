import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { CaseView } from './cases.actions.ts'
import { changeCase, type CaseChange } from './cases.store.ts'
import { mustBeOpen, onCase, type CaseTarget } from './on-case.actions.ts'

export type CaseEdit = {
  owner?: string | null | undefined
  ownerOutletId?: string | null | undefined
  dueAt?: Date | null | undefined
  note?: string | null | undefined
}

/** Says who sees to it, until when, and what there is to know. Throws a Refusal (422) for one that is settled. */
export async function editCase(context: Context, target: CaseTarget, wish: CaseEdit): Promise<CaseView> {
  return onCase(context, target, {
    what: 'edit case',
    act: async (tx, { head, row }) => {
      mustBeOpen(row)
      mustBeOfDocument(head, wish.ownerOutletId)
      const isPerson = typeof wish.owner === 'string' && !wish.owner.startsWith('role:')
      const outletId = isPerson ? null : wish.ownerOutletId
      const change: CaseChange = {
        ...(wish.owner === undefined ? {} : { owner: wish.owner }),
        ...(outletId === undefined ? {} : { owner_outlet_id: outletId }),
        ...(wish.dueAt === undefined ? {} : { due_at: wish.dueAt }),
        ...(wish.note === undefined ? {} : { note: wish.note }),
      }
      await changeCase(tx, row.id, change)
      return { action: 'case.edited' }
    },
  })
}

function mustBeOfDocument({ outlet_id, source_outlet_id, number }: Head, outletId: string | null | undefined) {
  if (outletId === undefined || outletId === null || outletId === outlet_id || outletId === source_outlet_id) return
  const issues = [{ field: 'ownerOutletId', message: `${outletId} has no part in ${number}` }]
  throw new Refusal('not_valid', 'case_not_valid', `ownerOutletId: ${outletId} has no part in ${number}`, { issues })
}
