import { entityWords } from '../entity.ts'
import { common } from '../options.ts'
import type { NamedCommand } from '../registry.ts'
import { nounsOf, verbsOf } from '../understand.ts'

export type Candidate = { word: string; help: string }

/** What may stand where a command line (`consign sync pro`, with the cursor at its end) has got to. */
export function candidatesFor(line: string, commands: readonly NamedCommand[]): Candidate[] {
  const [, ...words] = line.trimStart().split(/\s+/)
  const typed = words.pop() ?? ''
  const shown = commands.filter(({ command }) => !command.isHidden)
  const parted = words.flatMap((word, at) => (at === 0 ? word.split(':') : [word]))
  return [...choices(parted, typed, shown)].filter(({ word }) => word.startsWith(typed))
}

function choices(words: readonly string[], typed: string, commands: readonly NamedCommand[]): Candidate[] {
  const known = commands.map(({ name }) => name)
  const [noun, verb] = words.filter((word) => !word.startsWith('-'))
  if (noun === undefined) return typed.includes(':') ? withColon(typed, commands) : nouns(commands)
  if (noun === 'help') return verb === undefined ? nouns(commands) : secondWords(verb, commands)
  const command = commands.find(({ name }) => name === `${noun} ${verb ?? ''}` || (name === noun && verb !== undefined))
  if (verb === undefined && !typed.startsWith('-')) return secondWords(noun, commands)
  const one = command ?? commands.find(({ name }) => name === noun)
  if (!one) return verbsOf(noun, known).map((word) => ({ word, help: '' }))
  if (typed.startsWith('-')) return optionsOf(one)
  return positional(one, words.length - one.name.split(' ').length)
}

function nouns(commands: readonly NamedCommand[]): Candidate[] {
  const all = nounsOf(commands.map(({ name }) => name))
  const summary = (noun: string) => commands.find(({ name }) => name === noun)?.command.summary ?? `${noun} commands`
  return [...all.map((word) => ({ word, help: summary(word) })), { word: 'help', help: 'How to use a command' }]
}

function secondWords(noun: string, commands: readonly NamedCommand[]): Candidate[] {
  const verbs = commands
    .filter(({ name }) => name.startsWith(`${noun} `))
    .map(({ name, command }) => ({ word: name.slice(noun.length + 1), help: command.summary }))
  const own = commands.find(({ name }) => name === noun)
  return [...verbs, ...(own ? positional(own, 0) : [])]
}

function withColon(typed: string, commands: readonly NamedCommand[]): Candidate[] {
  const noun = typed.split(':')[0] ?? ''
  return secondWords(noun, commands).map(({ word, help }) => ({ word: `${noun}:${word}`, help }))
}

function optionsOf({ command }: NamedCommand): Candidate[] {
  return Object.entries({ ...command.options, ...common }).map(([name, { help }]) => ({ word: `--${name}`, help }))
}

/** The words that an argument is chosen from, where they are known beforehand. */
function positional({ name, command }: NamedCommand, place: number): Candidate[] {
  const argument = Object.keys(command.args)[place]
  if (argument === 'shell') return ['bash', 'zsh', 'fish'].map((word) => ({ word, help: '' }))
  if (argument !== 'entity') return []
  return [...(name === 'sync' ? ['all'] : []), ...entityWords].map((word) => ({ word, help: '' }))
}
