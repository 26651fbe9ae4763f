import { killedWhileFilling } from './18-killed-while-filling.ts'
import { oldNews } from './19-old-news.ts'
import { deletedAndBack } from './20-deleted-and-back.ts'
import { webhooksLost } from './21-webhooks-lost.ts'
import { refusedInAStorm } from './22-refused-in-a-storm.ts'
import { lightspeedStumbles } from './23-lightspeed-stumbles.ts'
import { atTheWebhookDoor } from './24-at-the-webhook-door.ts'
import type { Scenario } from './scenario.ts'

/** Faults of syncs, webhooks and of Lightspeed. */
export const scenariosOfTheMirror: readonly Scenario[] = [
  killedWhileFilling,
  oldNews,
  deletedAndBack,
  webhooksLost,
  refusedInAStorm,
  lightspeedStumbles,
  atTheWebhookDoor,
]
