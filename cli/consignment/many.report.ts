import { recordsOf } from '../files.ts'
import { misuse, names, text } from '../options.ts'
import type { Screen } from '../screen.ts'
import { counted, oneLine } from '../text.ts'

/** Which ones: typed, or the first column of a file. */
export const manyOptions = {
  ids: names('<id,…>', 'Several: their numbers or ids'),
  file: text('<path>', 'Several: a file with one on each line, or CSV whose first column they are'),
}

/** A document by its number or its id; what a first line calls the column is none. */
const isRef = /^([A-Za-z]{2}-|[\da-f]{8}-)/

/** Those that were named; undefined when none of the options was given. */
export function manyNamed({
  ids,
  file,
}: {
  ids: string[] | undefined
  file: string | undefined
}): string[] | undefined {
  if (file === undefined) return ids
  const [first, ...others] = recordsOf(file).map(({ cells }) => cells[0]?.trim() ?? '')
  const inFile = [...(first !== undefined && isRef.test(first) ? [first] : []), ...others].filter((ref) => ref !== '')
  if (inFile.length === 0) throw misuse(`--file: ${file} names none`)
  return [...(ids ?? []), ...inFile]
}

type Told = {
  dryRun: boolean
  done: number
  refused: number
  results: readonly {
    ref: string
    isDone: boolean
    number: string | null
    status: string | null
    refusal: { code: string; message: string } | null
  }[]
}

/** What came of each. */
export function manyWords({ paint }: Screen, { dryRun, done, refused, results }: Told): string {
  const lines = results.map(({ ref, isDone, number, status, refusal }) =>
    isDone
      ? `${paint('green', '✓')} ${number ?? ref} ${dryRun ? 'would be' : 'is'} ${status ?? ''}`
      : `${paint('red', '✗')} ${ref}: ${oneLine(refusal?.message ?? '')}`,
  )
  return [...lines, `${counted(done, 'document')} ${dryRun ? 'would be done' : 'done'}, ${refused} refused.`].join('\n')
}
