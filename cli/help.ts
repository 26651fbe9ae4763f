import type { Group } from './command.ts'
import { common, type Option } from './options.ts'
import type { NamedCommand } from './registry.ts'
import { pad, widthOf, wrap } from './text.ts'

const widest = 80
const widestLeft = 25

const groups: Record<Group, string> = {
  running: 'Run it',
  moving: 'Move stock',
  sync: 'Bring the mirror up to date',
  looking: 'Look into the mirror',
  checking: 'Check',
  tools: 'Tools',
}

/** `consign --help`: every command on a line, what they share, and the exit codes. */
export function overview(commands: readonly NamedCommand[], width: number): string {
  const columns = Math.min(width, widest)
  const shown = commands.filter(({ command }) => !command.isHidden)
  const left = leftOf(shown.map(commandRow))
  const listed = Object.entries(groups).map(([group, title]) =>
    section(title, shown.filter(({ command }) => command.group === group).map(commandRow), columns, left),
  )
  const general: Row[] = [...optionRows(common), ['--version', 'Which Consign this is']]
  return [
    ...wrap('Consign mirrors a Lightspeed Retail (X-Series) retailer into PostgreSQL.', columns),
    '',
    ...wrap('Usage: consign <noun> <verb> [options], or consign <noun>:<verb> [options]', columns),
    ...listed.flat(),
    ...section('Options of every command', general, columns, left),
    ...section('Exit codes', exitRows, columns),
    '',
    ...wrap(
      'Settings come from the environment and from .env. `consign help <noun> [verb]` or `consign <noun> <verb> --help` tells more.',
      columns,
    ),
  ].join('\n')
}

/** `consign help audit`: the commands of one noun. */
export function nounPage(noun: string, commands: readonly NamedCommand[], width: number): string {
  const columns = Math.min(width, widest)
  const rows = commands.filter(({ command }) => !command.isHidden).map(commandRow)
  return [`Usage: consign ${noun} <verb> [options]`, ...section('Commands', rows, columns)].join('\n')
}

/** `consign <command> --help`. */
export function commandPage({ name, command }: NamedCommand, width: number): string {
  const columns = Math.min(width, widest)
  const { summary, details, args, options, examples } = command
  return [
    ...wrap(sentence(summary), columns),
    ...(details ? ['', ...wrap(details, columns)] : []),
    '',
    `Usage: consign ${signature({ name, command })} [options]`,
    ...section(
      'Words',
      Object.entries(args).map(([arg, help]): Row => [`<${arg}>`, help]),
      columns,
    ),
    ...section('Options', optionRows({ ...options, ...common }), columns),
    ...(examples.length > 0
      ? ['', 'Examples', ...examples.flatMap(([line, what]) => example(line, what, columns))]
      : []),
  ].join('\n')
}

/** What the pages say, for programs. */
export function described({ name, command }: NamedCommand): object {
  const { summary, details = null, args, options, examples } = command
  const all = Object.entries({ ...options, ...common })
  return {
    command: name,
    usage: `consign ${signature({ name, command })}`,
    summary,
    details,
    args,
    options: all.map(([option, { value, help, short = null }]) => ({ option: `--${option}`, short, value, help })),
    examples: examples.map(([line, what]) => ({ line: `consign ${line}`, what })),
  }
}

function signature({ name, command }: NamedCommand): string {
  return command.usage ?? [name, ...Object.keys(command.args).map((arg) => `<${arg}>`)].join(' ')
}

type Row = readonly [string, string]

function commandRow(one: NamedCommand): Row {
  return [signature(one), one.command.summary]
}

const exitRows: Row[] = [
  ['0', 'done'],
  ['1', 'failed'],
  ['2', 'wrong use, or wrong settings'],
  ['3', 'refused by a rule'],
  ['4', 'not signed in, or not allowed'],
  ['5', 'the server, or Lightspeed, is out of reach'],
]

function optionRows(options: Record<string, Option<unknown>>): Row[] {
  return Object.entries(options).map(([name, { short, value, help }]) => [
    `${short ? `-${short}, ` : ''}--${name}${value === null ? '' : ` ${value}`}`,
    help,
  ])
}

function section(title: string, rows: readonly Row[], columns: number, left?: number): string[] {
  if (rows.length === 0) return []
  return ['', title, ...rows.flatMap((row) => rowLines(row, left ?? leftOf(rows), columns))]
}

function leftOf(rows: readonly Row[]): number {
  return Math.min(widestLeft, Math.max(...rows.map(([word]) => widthOf(word))))
}

/** `  word   what it does`, what it does in its own column; a longer word has a line of its own. */
function rowLines([word, help]: Row, left: number, columns: number): string[] {
  const lines = wrap(help, Math.max(20, columns - left - 4))
  const behind = lines.map((line) => `${' '.repeat(left + 4)}${line}`)
  if (widthOf(word) > left) return [`  ${word}`, ...behind]
  return [`  ${pad(word, left)}  ${lines[0] ?? ''}`, ...behind.slice(1)]
}

function example(line: string, what: string, columns: number): string[] {
  return [`  consign ${line}`, ...wrap(what, columns - 6).map((part) => `      ${part}`)]
}

function sentence(summary: string): string {
  return /[.?!]$/.test(summary) ? summary : `${summary}.`
}
