import { parseResponse } from 'hono/client'
import { statuses, type Status } from '#src/consignments/lifecycle.rules.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, misuse, names, text, wholeNumber } from '../options.ts'
import { oneOf, seenVersion } from '../query.ts'
import { mayBecome } from './document.report.ts'
import { manyNamed, manyOptions, manyWords } from './many.report.ts'

export default command({
  group: 'moving',
  summary: 'Take one or many to another status, or try',
  details:
    'What is not lawful ends with exit code 3, and says what is. Of many each is done or refused by itself. `consign consignment rules` has the whole law.',
  args: { id: 'Its number or id; without it those of --ids and --file' },
  lastIsOptional: true,
  options: {
    to: text('<status>', `One of ${statuses.join(', ')}`),
    ...manyOptions,
    reason: text('<text>', 'Why; needed to cancel what is sent'),
    accept: names('<code,…>', 'Warnings that are passed, by their codes'),
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Change nothing, only say whether it is lawful'),
  },
  examples: [
    ['consignment transition TR-STK-202611-000123-61 --to SENT', 'The courier has it'],
    ['consignment transition TR-STK-202611-000123-61 --to SENT --dry-run', 'Could it be sent?'],
  ],
  async run({ args: { id }, options: { to, reason, accept, version, 'dry-run': dryRun, ...named }, api, out }) {
    const acceptedWarnings = accept ?? []
    const json = { to: statusNamed(to), acceptedWarnings, dryRun, ...(reason === undefined ? {} : { reason }) }
    const refs = manyNamed(named)
    if (refs) {
      if (version !== undefined) throw misuse('--version is about one document')
      const ids = id === '' ? refs : [id, ...refs]
      const told = await parseResponse(api.api.v1.consignments.transitions.$post({ json: { ...json, ids } }))
      out.result(told, (screen) => manyWords(screen, told))
      return told.refused > 0 ? exitCodes.refused : exitCodes.done
    }
    if (id === '') throw misuse('<id> is missing: its number or id, or --ids or --file for many')
    const param = { id }
    const door = api.api.v1.consignments[':id'].transitions
    const done = await parseResponse(door.$post({ param, json }, seenVersion(version)))
    out.result(done, () =>
      done.dryRun
        ? `${done.number} is ${done.from} and may become ${done.to} (${done.label}). Nothing was changed.`
        : `${done.number} is now ${done.status} (${done.statusLabel}). ${mayBecome(done.allowed)}`,
    )
    return exitCodes.done
  },
})

function statusNamed(given: string | undefined): Status {
  if (given === undefined) throw misuse('--to is missing: the status that it is to have')
  const status = statuses.find((one) => one === given.toUpperCase())
  if (status) return status
  throw misuse(`--to: ${oneOf(statuses)(given) ?? ''}, not "${given}"`)
}
