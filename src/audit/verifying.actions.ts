import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { checkStretch, findUnsealed, freeze, readHead, readStart, type FaultKind, type Link } from './chain.store.ts'

type Fault = {
  kind: FaultKind | 'unsealed' | 'cut_off'
  /** Its place in the chain; null for a row that is in no chain. */
  sequence: number | null
  /** The row of the audit; null where the chain itself was cut. */
  id: number | null
  message: string
}

export type Verification = { isTrue: boolean; rows: number; head: Link; fault: Fault | null }

const rowsAtOnce = 5_000

/** Computes the whole chain again, as it stands at this moment, and names the first row that does not fit. */
export async function verifyAudit({ database, actor }: Context): Promise<Verification> {
  must(actor, 'audit:read')
  return inTransaction(database, async ({ db }) => {
    await freeze(db)
    let head = await readStart(db)
    for (let rows = 0; ;) {
      const stretch = await checkStretch(db, head, rowsAtOnce)
      if (stretch?.fault) return verdict(rows, head, faultOf(stretch.fault))
      if (!stretch) return verdict(rows, head, await faultAtEnd(db, head))
      head = stretch.last
      rows += stretch.rows
    }
  })
}

function verdict(rows: number, head: Link, fault: Fault | null): Verification {
  return { isTrue: fault === null, rows, head, fault }
}

function faultOf({ kind, sequence, auditId }: { kind: FaultKind; sequence: number; auditId: number }): Fault {
  if (kind === 'gap')
    return {
      kind,
      sequence,
      id: auditId,
      message: `Before row ${auditId} (number ${sequence}) links of the chain are missing`,
    }
  const what = kind === 'removed' ? 'is gone' : 'was changed after it was written'
  return { kind, sequence, id: auditId, message: `Row ${auditId} (number ${sequence} of the chain) ${what}` }
}

/** What the links alone do not show: rows that were taken from the end, and rows that were written past the chain. */
async function faultAtEnd(db: Db, last: Link): Promise<Fault | null> {
  const head = await readHead(db)
  if (head?.sequence !== last.sequence || head.hash !== last.hash) {
    const message = `The chain ends with number ${last.sequence}, but its end was noted as number ${head?.sequence ?? 'nothing'}`
    return { kind: 'cut_off', sequence: last.sequence + 1, id: null, message }
  }
  const id = await findUnsealed(db)
  if (id === undefined) return null
  return { kind: 'unsealed', sequence: null, id, message: `Row ${id} is in no chain: it was written past it` }
}
