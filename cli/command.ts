import type { Client } from './client.ts'
import type { Door, RunningServer, RunningWorker, Vault } from './door.ts'
import { exitCodes, withAddress, type ExitCode } from './exit.ts'
import { common, misuse, readLine, type Options, type Values } from './options.ts'
import { openOutput, type Output, type Streams } from './output.ts'

/** Everything outside of a command: the terminal, the settings, Ctrl-C, and the ways to a server. */
export type Surroundings = Streams & {
  /** Aborted by the first Ctrl-C, or a request of the system to end. */
  interrupted: AbortSignal
  openDoor: (options: { say: (text: string) => void }) => Promise<Door>
  /** `works: false` leaves jobs and syncs to workers. */
  openServer: (options: { say: (text: string) => void; works?: boolean }) => Promise<RunningServer>
  openWorker: (options: { say: (text: string) => void; workers: number | undefined }) => Promise<RunningWorker>
  /** Backups are files of this machine: they are made and restored here, without a server. */
  openVault: () => Promise<Vault>
}

export type Group = 'running' | 'moving' | 'sync' | 'looking' | 'checking' | 'tools'

type About<A extends Record<string, string>, O extends Options> = {
  group: Group
  /** One line, for the list of commands. */
  summary: string
  /** More, for the command's own page. */
  details?: string
  /** Command and words, where the names of the words do not say it all. */
  usage?: string
  /** The words after the command, all needed, each with its help. */
  args: A
  /** The last of the words may be left away: then it is empty. */
  lastIsOptional?: boolean
  options: O
  /** What is typed after `consign`, and what it does. */
  examples: readonly (readonly [string, string])[]
  /** Not shown in the list of commands. */
  isHidden?: boolean
}

type Typed<A, O extends Options> = { args: Record<keyof A, string>; options: Values<O & typeof common>; out: Output }
type Ended = Promise<ExitCode | void>

/** A command as help, completion and the command line see it. */
export type Command = About<Record<string, string>, Options> & {
  run(argv: readonly string[], around: Surroundings): Promise<ExitCode>
}

type Asking = { api: Client; url: string | null; interrupted: AbortSignal }

/** A command that asks the server: one that runs, or the same app in this process. It ends at once on Ctrl-C unless it cares itself. */
export function command<const A extends Record<string, string>, const O extends Options>(
  spec: About<A, O> & { caresForCtrlC?: boolean; run(input: Typed<A, O> & Asking): Ended },
): Command {
  const run = async (argv: readonly string[], around: Surroundings) => {
    const input = readTyped(spec, argv, around)
    await using door = await around.openDoor({ say: input.out.say })
    const { api, url } = door
    const work = spec.run({ ...input, api, url, interrupted: around.interrupted })
    const end = spec.caresForCtrlC ? work : Promise.race([work, rejectionBy(around.interrupted)])
    return (await end.catch((error: unknown) => Promise.reject(withAddress(error, url)))) ?? exitCodes.done
  }
  return { ...spec, run }
}

/** A command that needs no server, or brings its own. */
export function lonelyCommand<const A extends Record<string, string>, const O extends Options>(
  spec: About<A, O> & { run(input: Typed<A, O> & { around: Surroundings }): Ended },
): Command {
  const run = async (argv: readonly string[], around: Surroundings) =>
    (await spec.run({ ...readTyped(spec, argv, around), around })) ?? exitCodes.done
  return { ...spec, run }
}

function readTyped<A extends Record<string, string>, O extends Options>(
  spec: About<A, O>,
  argv: readonly string[],
  streams: Streams,
): Typed<A, O> {
  const { words, values } = readLine(argv, { ...spec.options, ...common })
  return { args: namedArgs(spec, words), options: values, out: openOutput(streams, argv.includes('--json')) }
}

type Wanted<A> = { args: A; lastIsOptional?: boolean }

function namedArgs<A extends Record<string, string>>(spec: Wanted<A>, words: readonly string[]): Record<keyof A, string>
function namedArgs(
  { args: wanted, lastIsOptional = false }: Wanted<Record<string, string>>,
  words: readonly string[],
): Record<string, string> {
  const names = Object.keys(wanted)
  const needed = lastIsOptional ? names.slice(0, -1) : names
  const missing = needed[words.length]
  if (missing !== undefined) throw misuse(`<${missing}> is missing: ${wanted[missing]}`)
  const tooMany = words[names.length]
  if (tooMany !== undefined) throw misuse(`"${tooMany}" is one word too many`)
  return Object.fromEntries(names.map((name, at) => [name, words[at] ?? '']))
}

function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
