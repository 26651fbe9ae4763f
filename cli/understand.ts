import type { Refusal } from '#src/kernel/refusal.ts'
import { nearest } from './nearest.ts'
import { misuse } from './options.ts'

export type Wish =
  | { kind: 'help'; topic: string[] }
  | { kind: 'version' }
  | { kind: 'command'; name: string; rest: string[] }

const asksHelp = new Set(['--help', '-h'])
const asksVersion = new Set(['--version', '-V'])

/** What a command line asks for. `noun:verb` and `noun verb` are the same. Throws a Refusal (exit code 2) with the nearest known word. */
export function understand(argv: readonly string[], known: readonly string[]): Wish {
  const at = argv.findIndex((word) => !word.startsWith('-'))
  const [first, ...behind] = at < 0 ? [] : argv.slice(at)
  const before = at < 0 ? argv : argv.slice(0, at)
  if (before.some((word) => asksVersion.has(word))) return { kind: 'version' }
  if (first === undefined) return withoutWords(before)
  const words = [...parted(first), ...behind]
  if (words[0] === 'help') return { kind: 'help', topic: topicOf(words.slice(1), known) }
  const rest = (length: number) => [...words.slice(length), ...before]
  const wantsHelp = [...words, ...before].some((word) => asksHelp.has(word))
  const name = nameIn(words, known)
  if (wantsHelp) return { kind: 'help', topic: name === undefined ? topicOf(words.slice(0, 1), known) : [name] }
  if (name === undefined) throw unknown(words, known)
  return { kind: 'command', name, rest: rest(name.split(' ').length) }
}

/** The verbs of a noun; for a noun that is a command itself, none may be needed. */
export function verbsOf(noun: string, known: readonly string[]): string[] {
  return known.filter((name) => name.startsWith(`${noun} `)).map((name) => name.slice(noun.length + 1))
}

export function nounsOf(known: readonly string[]): string[] {
  return [...new Set(known.map((name) => name.split(' ')[0] ?? name))]
}

function withoutWords(options: readonly string[]): Wish {
  const odd = options.find((option) => !asksHelp.has(option) && option !== '--json')
  if (odd !== undefined)
    throw misuse(`There is no option ${odd} without a command. \`consign --help\` lists the commands`)
  return { kind: 'help', topic: [] }
}

function topicOf(words: readonly string[], known: readonly string[]): string[] {
  const [first, second] = words.filter((word) => !word.startsWith('-')).flatMap(parted)
  if (first === undefined) return []
  const name = second === undefined ? first : `${first} ${second}`
  if (known.includes(name) || (second === undefined && nounsOf(known).includes(first))) return [name]
  if (known.includes(first)) return [first]
  throw unknown([first, ...(second === undefined ? [] : [second])], known)
}

/** `sync:products` is `sync products`; a colon in a later word is its own. */
function parted(word: string): string[] {
  const [noun = '', ...verb] = word.split(':')
  return verb.length > 0 && noun !== '' ? [noun, verb.join(':')].filter((part) => part !== '') : [word]
}

function nameIn([noun = '', verb = '']: readonly string[], known: readonly string[]): string | undefined {
  return [`${noun} ${verb}`, noun].find((name) => known.includes(name))
}

function unknown([noun = '', verb]: readonly string[], known: readonly string[]): Refusal {
  const nouns = nounsOf(known)
  if (!nouns.includes(noun)) {
    const near = nearest(noun, [...nouns, 'help'])
    return misuse(
      `There is no command "${noun}". ${near ? `Did you mean "${near}"?` : `There are: ${nouns.join(', ')}`}`,
    )
  }
  const verbs = verbsOf(noun, known)
  const there = `There are: ${verbs.map((one) => `${noun} ${one}`).join(', ')}`
  if (verb === undefined || verb.startsWith('-')) return misuse(`"consign ${noun}" needs one more word. ${there}`)
  const near = nearest(verb, verbs)
  return misuse(`There is no command "${noun} ${verb}". ${near ? `Did you mean "${noun} ${near}"?` : there}`)
}
