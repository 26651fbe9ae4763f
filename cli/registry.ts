import type { Command } from './command.ts'

/**
 * Path = command: `<noun>/<verb>.ts` is `consign <noun> <verb>`, `<noun>/<noun>.ts` is `consign <noun>`. Read only when
 * asked for, so that no command waits for the others; a test holds this list to the folders.
 */
const files: Record<string, () => Promise<{ default: Command }>> = {
  start: () => import('./start/start.ts'),
  server: () => import('./server/server.ts'),
  worker: () => import('./worker/worker.ts'),
  backup: () => import('./backup/backup.ts'),
  'backup verify': () => import('./backup/verify.ts'),
  restore: () => import('./restore/restore.ts'),
  sync: () => import('./sync/sync.ts'),
  'sync follow': () => import('./sync/follow.ts'),
  'sync reconcile': () => import('./sync/reconcile.ts'),
  'audit sync-status': () => import('./audit/sync-status.ts'),
  'audit logs': () => import('./audit/logs.ts'),
  'audit verify': () => import('./audit/verify.ts'),
  'audit performance': () => import('./audit/performance.ts'),
  'audit rejected': () => import('./audit/rejected.ts'),
  'audit drift': () => import('./audit/drift.ts'),
  'consignment create': () => import('./consignment/create.ts'),
  'consignment list': () => import('./consignment/list.ts'),
  'consignment show': () => import('./consignment/show.ts'),
  'consignment submit': () => import('./consignment/submit.ts'),
  'consignment approve': () => import('./consignment/approve.ts'),
  'consignment reject': () => import('./consignment/reject.ts'),
  'consignment transition': () => import('./consignment/transition.ts'),
  'consignment cancel': () => import('./consignment/cancel.ts'),
  'consignment push': () => import('./consignment/push.ts'),
  'consignment resolve': () => import('./consignment/resolve.ts'),
  'consignment attention': () => import('./consignment/attention.ts'),
  'consignment track': () => import('./consignment/track.ts'),
  'notice list': () => import('./notice/list.ts'),
  'consignment validate': () => import('./consignment/validate.ts'),
  'consignment rules': () => import('./consignment/rules.ts'),
  'product search': () => import('./product/search.ts'),
  'product scan': () => import('./product/scan.ts'),
  'consignment decide': () => import('./consignment/decide.ts'),
  'consignment return': () => import('./consignment/return.ts'),
  'consignment credit': () => import('./consignment/credit.ts'),
  'case list': () => import('./case/list.ts'),
  'case show': () => import('./case/show.ts'),
  'case assign': () => import('./case/assign.ts'),
  'case settle': () => import('./case/settle.ts'),
  'case reopen': () => import('./case/reopen.ts'),
  'evidence add': () => import('./evidence/add.ts'),
  'evidence list': () => import('./evidence/list.ts'),
  'evidence get': () => import('./evidence/get.ts'),
  'evidence remove': () => import('./evidence/remove.ts'),
  'mirror list': () => import('./mirror/list.ts'),
  'mirror show': () => import('./mirror/show.ts'),
  'test connection': () => import('./test/connection.ts'),
  'test auth': () => import('./test/auth.ts'),
  'test endpoints': () => import('./test/endpoints.ts'),
  'test sync': () => import('./test/sync.ts'),
  'health check': () => import('./health/check.ts'),
  'health api': () => import('./health/api.ts'),
  'health queue': () => import('./health/queue.ts'),
  'health database': () => import('./health/database.ts'),
  'health alerts': () => import('./health/alerts.ts'),
  'health acknowledge': () => import('./health/acknowledge.ts'),
  'token create': () => import('./token/create.ts'),
  'token list': () => import('./token/list.ts'),
  'token revoke': () => import('./token/revoke.ts'),
  'role list': () => import('./role/list.ts'),
  'role grants': () => import('./role/grants.ts'),
  'role grant': () => import('./role/grant.ts'),
  'role revoke': () => import('./role/revoke.ts'),
  'role change': () => import('./role/change.ts'),
  'util cursor': () => import('./util/cursor.ts'),
  'util cleanup': () => import('./util/cleanup.ts'),
  'util version': () => import('./util/version.ts'),
  'queue stats': () => import('./queue/stats.ts'),
  'queue status': () => import('./queue/status.ts'),
  'queue view': () => import('./queue/view.ts'),
  'queue process': () => import('./queue/process.ts'),
  'queue process-failed': () => import('./queue/process-failed.ts'),
  'queue retry': () => import('./queue/retry.ts'),
  'queue edit': () => import('./queue/edit.ts'),
  'queue clear': () => import('./queue/clear.ts'),
  'queue delete': () => import('./queue/delete.ts'),
  'schedule list': () => import('./schedule/list.ts'),
  'schedule pause': () => import('./schedule/pause.ts'),
  'schedule resume': () => import('./schedule/resume.ts'),
  'schedule run': () => import('./schedule/run.ts'),
  'webhook status': () => import('./webhook/status.ts'),
  'webhook events': () => import('./webhook/events.ts'),
  'webhook register': () => import('./webhook/register.ts'),
  'webhook process': () => import('./webhook/process.ts'),
  'webhook replay': () => import('./webhook/replay.ts'),
  'webhook test': () => import('./webhook/test.ts'),
  'webhook simulate': () => import('./webhook/simulate.ts'),
  completion: () => import('./completion/completion.ts'),
  'completion candidates': () => import('./completion/candidates.ts'),
}

export const commandNames: readonly string[] = Object.keys(files)

export type NamedCommand = { name: string; command: Command }

export async function loadCommand(name: string): Promise<NamedCommand> {
  const load = files[name]
  if (!load) throw new Error(`No file for the command ${name}`)
  return { name, command: (await load()).default }
}

export async function loadCommands(names: readonly string[] = commandNames): Promise<NamedCommand[]> {
  return Promise.all(names.map(loadCommand))
}
