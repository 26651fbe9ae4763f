import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { Refusal } from '#src/kernel/refusal.ts'
import { nearest } from './nearest.ts'
import { count } from './text.ts'

/** An option of a command: what is typed after it (`null`: nothing, it is a switch), and how that is read. */
export type Option<Value> = {
  help: string
  value: string | null
  short?: string
  read(given: string | boolean | undefined, name: string): Value
  /** May be there as often as wanted: reads all that was typed, in its order. */
  gather?: (given: readonly string[]) => Value
}

export type Options = Record<string, Option<unknown>>

export type Values<O extends Options> = { [Name in keyof O]: O[Name] extends Option<infer Value> ? Value : never }

/** A switch: on when it is there. */
export function flag(help: string, short?: string): Option<boolean> {
  return { help, value: null, read: (given) => given === true, ...(short ? { short } : {}) }
}

/** A text; `check` answers what is wrong with it, or nothing. */
export function text(
  value: string,
  help: string,
  check: (given: string) => string | undefined = () => undefined,
): Option<string | undefined> {
  const read = (given: string | boolean | undefined, name: string) => {
    if (typeof given !== 'string') return undefined
    const wrong = given === '' ? 'give a value' : check(given)
    if (wrong) throw misuse(`--${name}: ${wrong}`)
    return given
  }
  return { help, value, read }
}

/** A whole number within limits, both included. */
export function wholeNumber(value: string, help: string, [least, most]: [number, number]): Option<number | undefined> {
  const read = (given: string | boolean | undefined, name: string) => {
    if (typeof given !== 'string') return undefined
    const number = Number(given)
    if (/^\d+$/.test(given) && number >= least && number <= most) return number
    throw misuse(`--${name}: give a whole number from ${count(least)} to ${count(most)}, not "${given}"`)
  }
  return { help, value, read }
}

/** A day or a time, handed on as RFC 3339. */
export function time(help: string): Option<string | undefined> {
  const day = text('<when>', help, (given) =>
    /^\d{4}-\d\d-\d\d/.test(given) && !Number.isNaN(Date.parse(given))
      ? undefined
      : `give a date such as 2026-11-01, or a time such as 2026-11-01T09:00:00Z, not "${given}"`,
  )
  const read = (given: string | boolean | undefined, name: string) => {
    const checked = day.read(given, name)
    return checked === undefined ? undefined : new Date(checked).toISOString()
  }
  return { ...day, read }
}

/** Names parted by commas. */
export function names(value: string, help: string): Option<string[] | undefined> {
  return { help, value, read: readNames }
}

/** A text that may be given as often as wanted, each time for one thing more. */
export function repeated(value: string, help: string): Option<readonly string[]> {
  return { help, value, read: (given) => (typeof given === 'string' ? [given] : []), gather: (given) => given }
}

/** Options that every command has. */
export const common = {
  json: flag('One JSON value on standard output, nothing else'),
  help: flag('What this command does', 'h'),
}

/** Wrong use of a command: exit code 2. */
export function misuse(message: string, details?: unknown): Refusal {
  return new Refusal('not_valid', 'wrong_use', message, details)
}

/** Splits what was typed after a command into words and options. Throws a Refusal that names the wrong option. */
export function readLine<O extends Options>(argv: readonly string[], options: O): { words: string[]; values: Values<O> }
export function readLine(argv: readonly string[], options: Options): { words: string[]; values: object } {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, { value, short }]) => [
      name,
      { type: value === null ? 'boolean' : 'string', ...(short ? { short } : {}) },
    ]),
  )
  const { positionals, tokens } = parseArgs({ args: [...argv], options: config, strict: false, tokens: true })
  const given = new Map<string, (string | boolean)[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = options[token.name]
    if (!option) throw unknownOption(token.rawName, Object.keys(options))
    const before = given.get(token.name) ?? []
    if (before.length > 0 && !option.gather) throw misuse(`${token.rawName} is there twice`)
    given.set(token.name, [...before, valueOf(option, token.rawName, token.value)])
  }
  const values = Object.entries(options).map(([name, option]) => [name, readOption(option, name, given.get(name))])
  return { words: positionals, values: Object.fromEntries(values) }
}

function readOption(option: Option<unknown>, name: string, given: readonly (string | boolean)[] = []): unknown {
  return option.gather ? option.gather(given.map(String)) : option.read(given[0], name)
}

function readNames(given: string | boolean | undefined, name: string): string[] | undefined {
  if (typeof given !== 'string') return undefined
  const parts = given.split(',').map((part) => part.trim())
  if (parts.every((part) => part !== '')) return parts
  throw misuse(`--${name}: give names parted by commas, such as --${name}=a,b`)
}

function valueOf(option: Option<unknown>, rawName: string, value: string | undefined): string | boolean {
  if (option.value === null) {
    if (value === undefined) return true
    throw misuse(`${rawName} is a switch: leave "=${value}" away`)
  }
  if (value === undefined || value.startsWith('--'))
    throw misuse(`${rawName} needs a value: ${rawName} ${option.value}`)
  return value
}

function unknownOption(rawName: string, known: readonly string[]): Refusal {
  const near = nearest(
    rawName,
    known.map((name) => `--${name}`),
  )
  return misuse(`There is no option ${rawName}${near ? `. Did you mean ${near}?` : ''}`)
}
