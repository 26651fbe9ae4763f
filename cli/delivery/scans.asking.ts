import { createHash } from 'node:crypto'
import { readRowsFile } from '../inventory/rows.file.ts'
import { misuse, repeated, text } from '../options.ts'

/** How it is said on a command line what arrived. */
export const scanOptions = {
  scan: repeated('<code=quantity>', 'What arrived; as often as wanted, below zero to take back'),
  file: text('<path>', 'The same as CSV or JSON: code or product_id, quantity, condition, at, id'),
}

export const scanHelp =
  'A scan is <code>, <code>=<quantity> or <code>=<quantity>:<condition>, such as TEA=2:damaged_in_transit.'

type Given = { scan: readonly string[]; file: string | undefined; device?: string | undefined }

/**
 * What was given, each under an id that is made from the one of the request: the same request sent again is nothing new.
 * Throws a Refusal for nothing at all, and for a file that cannot be read.
 */
export function scansOf({ scan, file, device }: Given, request: string): Record<string, unknown>[] {
  const rows = [...scan.map(typedScan), ...(file === undefined ? [] : readRowsFile(file).map(named))]
  const common = device === undefined ? {} : { device }
  return rows.map((row, at) => Object.assign({ id: idWithin(request, at) }, common, row))
}

function typedScan(word: string): Record<string, unknown> {
  const [, code, quantity, condition] = /^(.+)=([^=:]+)(?::(\w+))?$/s.exec(word) ?? []
  if (code === undefined) return { code: word }
  return { code, quantity, ...(condition === undefined ? {} : { condition }) }
}

function named({ product_id: productId, ...row }: Record<string, unknown>): Record<string, unknown> {
  return productId === undefined ? row : { ...row, productId }
}

/** Throws a Refusal when there is nothing to send. */
export function mustHaveScans(scans: readonly unknown[]) {
  if (scans.length === 0) throw misuse('--scan or --file: say what was scanned')
}

/** A UUID (version 8, RFC 9562) that is always the same for a request and a place in it. */
function idWithin(request: string, at: number): string {
  const hex = createHash('sha256').update(`${request.toLowerCase()}/${at}`).digest('hex')
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
