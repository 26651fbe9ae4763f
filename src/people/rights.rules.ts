/** What a token may be allowed to do, one by one; `*` stands for all of it. */
export const rights = {
  '*': 'everything',
  'mirror:read': 'look at the mirrored records',
  'sync:read': 'see how true the mirror is, and what syncs have come to',
  'sync:run': 'ask for syncs, and let entities be read from the start',
  'lightspeed:connect': 'connect Lightspeed',
  'jobs:read': 'see jobs, dead letters, schedules and workers',
  'jobs:run': 'retry, edit and delete dead letters; pause and run schedules',
  'webhooks:read': 'see webhooks that came',
  'webhooks:run': 'process and replay webhooks',
  'webhooks:test': 'send test webhooks',
  'webhooks:register': 'register our webhooks with Lightspeed',
  'audit:read': 'read and verify the audit',
  'health:read': 'see the grade of the whole, and alarms',
  'alerts:acknowledge': 'acknowledge alarms, and have everything looked at now',
  'data:clean': 'remove old webhooks, logs, jobs and runs before their time',
  'consignments:read': 'look at orders, transfers, returns and stocktakes',
  'consignments:edit': 'draft and amend them',
  'consignments:approve': 'approve, refuse, and send back for changes',
  'consignments:pack': 'pack',
  'consignments:send': 'send to suppliers and outlets',
  'consignments:receive': 'receive and count',
  'stocktakes:review': 'see what a count expected, decide about what was not counted, and post it',
  'consignments:receive-all': 'take a delivery over as ordered, without counting',
  'consignments:close': 'close, close short and archive',
  'consignments:cancel': 'cancel what is not sent: for managers',
  'consignments:cancel-sent': 'cancel what is sent: for directors',
  'approvals:manage': 'say who approves what: limits, delegations, settings',
  'roles:manage': 'say who is what at which outlet, and what a role may do',
  'cases:settle': 'own, settle and reopen cases of what was short, over, damaged or lost',
  'case-rules:manage': 'say who sees to new cases, and within how many days',
  'products:read': 'search products and scan their codes',
  'products:write': 'have products made, changed and deleted in Lightspeed',
  'inventory:adjust': 'have stock changed in Lightspeed',
  'suppliers:write': 'have suppliers made and changed in Lightspeed',
  'writes:read': 'see what was asked to be written to Lightspeed',
  'codes:teach': 'teach what an unknown code is',
  'evidence:add': 'add photos and signatures',
  'evidence:remove': 'remove photos and signatures, with a reason',
  'evidence-rules:manage': 'say which photos and signatures are asked for',
  'costs:read': 'see what things cost',
  'tokens:manage': 'make, list and take back tokens',
} as const

export type Right = keyof typeof rights

/** The first of these that is no right at all; undefined when all are known. */
export function unknownRight(scopes: readonly string[]): string | undefined {
  return scopes.find((scope) => !Object.hasOwn(rights, scope))
}

export function isRight(name: string): name is Right {
  return Object.hasOwn(rights, name)
}
