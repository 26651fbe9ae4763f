import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { flag, names } from '../options.ts'
import type { Output } from '../output.ts'
import { oneLine } from '../text.ts'
import { mayBecome } from './document.report.ts'

/** Options of a step at which somebody is asked about what is odd. */
export const accepting = {
  accept: names('<code,…>', 'Warnings that are passed, by their codes or keys'),
  'dry-run': flag('Change nothing, only tell what is odd'),
}

type Step = {
  id: string
  to: 'PACKING' | 'PACKAGED' | 'SENT'
  options: { accept?: string[] | undefined; 'dry-run': boolean }
  api: Client
  out: Output
}

/** Takes a document one step on; what is odd and was not passed ends with exit code 3. */
export async function takeOn({ id, to, options: { accept = [], 'dry-run': dryRun }, api, out }: Step): Promise<void> {
  const json = { to, acceptedWarnings: accept, dryRun }
  const done = await parseResponse(api.api.v1.consignments[':id'].transitions.$post({ param: { id }, json }))
  out.result(done, () => {
    if (!done.dryRun) return `${done.number} is now ${done.status} (${done.statusLabel}). ${mayBecome(done.allowed)}`
    const odd = done.warnings.map(({ code, message }) => `! ${code}: ${oneLine(message)}`)
    return [`${done.number} is ${done.from} and may become ${done.to}. Nothing was changed.`, ...odd].join('\n')
  })
}
