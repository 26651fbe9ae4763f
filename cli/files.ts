import { readFileSync } from 'node:fs'
import { readCsv } from '#src/kernel/csv.ts'
import { misuse } from './options.ts'

/** What a file says. Throws wrong use, naming the option, when it cannot be read. */
export function textOf(path: string, option = '--file'): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw misuse(`${option}: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** The records of a CSV file, with the numbers of their rows. Throws wrong use where it is none. */
export function recordsOf(path: string) {
  const read = readCsv(textOf(path))
  if ('rows' in read) return read.rows
  throw misuse(`--file: row ${read.row} of ${path}: ${read.wrong}`)
}
