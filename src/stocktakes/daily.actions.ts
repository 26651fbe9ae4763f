import { record } from '../audit/audit.store.ts'
import { holdsAt, must, mustAt, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import {
  listAccuracy,
  listDailyOutlets,
  listLastDaily,
  saveDailySetting,
  type Accuracy,
  type DailyOutlet,
  type DailySetting,
  type LastDaily,
} from './daily-outlets.store.ts'
import { unknownOutlet } from './outlets.ts'

/** Of how many days the accuracy is told. */
const accuracyDays = 28

/** Of each outlet how it has its daily lists, the newest, and how many of the counted lines were right. */
export async function readDailyCounts({ database: { db }, actor }: Context, outletId: string | null) {
  must(actor, 'consignments:read')
  const [outlets, accuracies, lists] = await Promise.all([
    listDailyOutlets(db, outletId),
    listAccuracy(db, accuracyDays),
    listLastDaily(db),
  ])
  return {
    data: outlets
      .filter(({ id }) => holdsAt(actor, 'consignments:read', [id]))
      .map((outlet) =>
        outletView(outlet, {
          accuracy: accuracies.find((one) => one.outletId === outlet.id),
          last: lists.find((one) => one.outletId === outlet.id),
        }),
      ),
  }
}

type Change = { [Field in keyof DailySetting]?: DailySetting[Field] | undefined }

/** Switches the lists of an outlet on or off, and says how long they are and how right counts should be. */
export async function changeDailyCount(
  context: Context,
  outletId: string,
  { change, dryRun }: { change: Change; dryRun: boolean },
) {
  mustAt(context.actor, 'stocktakes:review', [outletId])
  const { database, actor, correlationId } = context
  const doing = dryRun ? rehearse : inTransaction
  return doing(database, async ({ db: tx }) => {
    const [before] = await listDailyOutlets(tx, outletId)
    if (!before) throw unknownOutlet(outletId)
    const after = {
      isOn: change.isOn ?? before.isOn,
      products: change.products ?? before.products,
      goalPercent: change.goalPercent ?? before.goalPercent,
    }
    await saveDailySetting(tx, outletId, after, actor.id)
    const entry = { entity: 'daily_count', entityId: outletId, actor: actor.id, correlationId }
    const { isOn, products, goalPercent } = before
    await record(tx, {
      ...entry,
      action: 'daily_count.changed',
      before: { isOn, products, goalPercent },
      after,
    })
    return {
      dryRun,
      outletId,
      name: before.name,
      on: after.isOn,
      products: after.products,
      goalPercent: after.goalPercent,
    }
  })
}

type Known = { accuracy: Accuracy | undefined; last: LastDaily | undefined }

function outletView({ id, name, isOn, products, goalPercent }: DailyOutlet, { accuracy, last }: Known) {
  const { lists = 0, counted = 0, within = 0 } = accuracy ?? {}
  const percent = counted === 0 ? null : Math.floor((within * 1000) / counted) / 10
  return {
    outletId: id,
    name,
    on: isOn,
    products,
    goalPercent,
    accuracyPercent: percent,
    isGoalMet: percent === null ? null : percent >= goalPercent,
    lists,
    counted,
    last: last ? { id: last.id, number: last.number, status: last.status, dailyOn: last.day } : null,
  }
}
