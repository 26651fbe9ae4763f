import { pushToLightspeed } from '../bridge/bridge.jobs.ts'
import { takeInWhatCame } from '../bridge/taking-in.jobs.ts'
import { observeLightspeed, watchLightspeed } from '../bridge/watching.jobs.ts'
import { archiveWhatIsClosed, keepTheQueue, sendWhatIsPacked, sendWhatWasPickedUp } from '../consignments/clock.jobs.ts'
import { pruneEvidence } from '../evidence/evidence.jobs.ts'
import { pruneCallLog } from '../lightspeed/lightspeed.jobs.ts'
import { pruneMirror, syncMirror } from '../mirror/mirror.jobs.ts'
import { reconcileMirror } from '../mirror/reconciliations.jobs.ts'
import { checkAudit, handAlertOver, pruneOldAlerts, watchOver } from '../ops/ops.jobs.ts'
import { makeDailyLists } from '../stocktakes/stocktakes.jobs.ts'
import { processWebhook, pruneWebhooks } from '../webhooks/webhooks.jobs.ts'
import { writeToLightspeed } from '../writes/writes.jobs.ts'
import type { Handler } from './handler.ts'
import type { JobKind } from './kinds.ts'

export type Handlers = { [Kind in JobKind]: Handler<Kind> }

/** What does each kind of job. A kind that is missing here does not compile. */
export const handlers: Handlers = {
  'mirror.sync': { outside: syncMirror },
  'mirror.reconcile': { outside: reconcileMirror },
  'mirror.prune': { outside: pruneMirror },
  'lightspeed.prune': { outside: pruneCallLog },
  'lightspeed.push': { outside: pushToLightspeed },
  'lightspeed.observe': { outside: observeLightspeed },
  'lightspeed.watch': { inTransaction: watchLightspeed },
  'lightspeed.take-in': { outside: takeInWhatCame },
  'lightspeed.write': { outside: writeToLightspeed },
  'webhooks.process': { outside: processWebhook },
  'consignments.send-packaged': { outside: sendWhatIsPacked },
  'consignments.pick-up': { outside: sendWhatWasPickedUp },
  'consignments.archive': { outside: archiveWhatIsClosed },
  'stocktakes.daily-lists': { outside: makeDailyLists },
  'approvals.keep': { outside: keepTheQueue },
  'webhooks.prune': { outside: pruneWebhooks },
  'ops.watch': { outside: watchOver },
  'ops.hand-over': { outside: handAlertOver },
  'ops.prune': { outside: pruneOldAlerts },
  'evidence.prune': { outside: pruneEvidence },
  'audit.verify': { outside: checkAudit },
}
