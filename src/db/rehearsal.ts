import type { Database } from './database.ts'
import { inTransaction, type Transaction } from './transaction.ts'

/** Does `work` in a transaction that is taken back: what would come of it, and nothing comes of it. */
export async function rehearse<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const seen: T[] = []
  try {
    await inTransaction(database, async (tx) => {
      seen.push(await work(tx))
      throw new CurtainCall()
    })
  } catch (error) {
    if (!(error instanceof CurtainCall)) throw error
  }
  const [result] = seen
  if (result === undefined) throw new Error('A rehearsal answers something')
  return result
}

class CurtainCall extends Error {}
