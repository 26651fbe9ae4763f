import { setTimeout as sleep } from 'node:timers/promises'
import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { entityHelp, suggestEntity } from '../entity.ts'
import { exitCodes } from '../exit.ts'
import { flag } from '../options.ts'
import { differenceLines, reconciliationTable } from './reconcile.report.ts'

const lookEveryMs = 300
const differencesShown = 20

export default command({
  group: 'sync',
  summary: 'Compare the mirror with Lightspeed, and repair it',
  details:
    'Reads everything once more, within what Lightspeed allows, and compares each record. Every difference is explained or ' +
    'raised, and repaired by the same upsert as everything else. It happens each night by itself. Exit code 1 when an entity ' +
    'could not be compared.',
  usage: 'sync reconcile [entity]',
  args: { entity: `all (usual), or one: ${entityHelp.replace('An entity: ', '')}` },
  lastIsOptional: true,
  options: { 'dry-run': flag('Only compare: repair nothing') },
  examples: [
    ['sync reconcile', 'All entities'],
    ['sync reconcile inventory --dry-run', 'Whether the levels of stock are true'],
  ],
  async run({ args: { entity }, options: { 'dry-run': dryRun }, api, url, out }) {
    const entities = entity === '' ? ['all'] : [entity]
    const asked = api.api.v1.reconciliations.$post({ json: { entities, dryRun } })
    const { id } = await parseResponse(asked).catch(suggestEntity(entities))
    out.say(`Reconciliation ${id} begins.`)
    const done = url === null ? processHere(api) : undefined
    const result = await finished(api, id)
    await done
    const shown = api.api.v1.reconciliations[':id'].differences.$get({
      param: { id },
      query: { limit: String(differencesShown) },
    })
    const { data } = await parseResponse(shown)
    out.result({ ...result, differences: data }, (screen) =>
      [reconciliationTable(result, screen), ...differenceLines(result, data)].join('\n'),
    )
    return result.state === 'failed' ? exitCodes.failed : exitCodes.done
  },
})

/** Where no server runs there is no worker either: then this process does the work. */
function processHere(api: Client) {
  return parseResponse(api.api.v1.jobs.processing.$post({ json: { kind: 'mirror.reconcile', batch: 1 } }))
}

async function finished(api: Client, id: string) {
  for (;;) {
    const view = await parseResponse(api.api.v1.reconciliations[':id'].$get({ param: { id } }))
    if (view.finishedAt !== null) return view
    await sleep(lookEveryMs)
  }
}
