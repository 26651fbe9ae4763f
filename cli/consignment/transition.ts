import { parseResponse } from 'hono/client'
import { statuses, type Status } from '#src/consignments/lifecycle.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text, wholeNumber } from '../options.ts'
import { oneOf } from '../query.ts'
import { mayBecome } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Take one to another status, or only try',
  details: 'What is not lawful ends with exit code 3, and says what is. `consign consignment rules` has the whole law.',
  args: { id: 'Its number or id' },
  options: {
    to: text('<status>', `One of ${statuses.join(', ')}`),
    reason: text('<text>', 'Why; needed to cancel what is sent'),
    version: wholeNumber('<n>', 'Only if it is still this version', [1, Number.MAX_SAFE_INTEGER]),
    'dry-run': flag('Change nothing, only say whether it is lawful'),
  },
  examples: [
    ['consignment transition TR-STK-202611-000123-61 --to SENT', 'The courier has it'],
    ['consignment transition TR-STK-202611-000123-61 --to SENT --dry-run', 'Could it be sent?'],
  ],
  async run({ args: { id }, options: { to, reason, version, 'dry-run': dryRun }, api, out }) {
    const json = { to: statusNamed(to), dryRun, ...(reason === undefined ? {} : { reason }) }
    const headers = version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }
    const done = await parseResponse(api.api.v1.consignments[':id'].transitions.$post({ param: { id }, json }, headers))
    out.result(done, () =>
      done.dryRun
        ? `${done.number} is ${done.from} and may become ${done.to} (${done.label}). Nothing was changed.`
        : `${done.number} is now ${done.status} (${done.statusLabel}). ${mayBecome(done.allowed)}`,
    )
  },
})

function statusNamed(given: string | undefined): Status {
  if (given === undefined) throw misuse('--to is missing: the status that it is to have')
  const status = statuses.find((one) => one === given.toUpperCase())
  if (status) return status
  throw misuse(`--to: ${oneOf(statuses)(given) ?? ''}, not "${given}"`)
}
