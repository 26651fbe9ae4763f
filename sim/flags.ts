import { parseArgs } from 'node:util'
import { judged, judgments, type Judgments } from './judgments.ts'
import { readRateLimit, type RateLimit } from './rate-limit.ts'
import { readScale, scaleNames, type Scale } from './scale.ts'

export type Flags = {
  port: number
  host: string
  seed: number
  scale: Scale
  journal: string | undefined
  judgments: Judgments
  rateLimit: RateLimit | undefined
  prepared: boolean
}

/** What stands on the command line that cannot be meant. */
export class WrongFlag extends Error {}

/** Flags of the command line over the environment over the defaults; 'help' when help is wanted. Throws a WrongFlag. */
export function readFlags(args: string[], env: { [name: string]: string | undefined }): Flags | 'help' {
  try {
    const { values } = parseArgs({ args, options, strict: true })
    if (values.help) return 'help'
    return {
      port: whole('--port', values.port ?? env['SIM_PORT'] ?? '0', 65_535),
      host: values.host ?? '127.0.0.1',
      seed: whole('--seed', values.seed ?? env['SIM_SEED'] ?? '1', 2 ** 31 - 1),
      scale: readScale(values.scale ?? env['SIM_SCALE'] ?? 'shop'),
      journal: values.journal,
      judgments: judged(judgments, readPairs([...listed(env['SIM_JUDGMENTS']), ...(values.judgment ?? [])])),
      rateLimit: values['rate-limit'] === undefined ? undefined : readRateLimit(values['rate-limit']),
      prepared: values.prepared ?? false,
    }
  } catch (error) {
    throw new WrongFlag(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  scale: { type: 'string' },
  journal: { type: 'string' },
  judgment: { type: 'string', multiple: true },
  'rate-limit': { type: 'string' },
  prepared: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function whole(flag: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new WrongFlag(`${flag} is a whole number from 0 to ${most}, not ${text === '' ? 'nothing' : text}`)
}

const listed = (text: string | undefined): string[] => text?.split(',').filter((pair) => pair !== '') ?? []

const readPairs = (pairs: string[]): { [name: string]: string } => Object.fromEntries(pairs.map(readPair))

function readPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new WrongFlag(`--judgment is name=value, not ${pair}`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

export const help = `A simulated Lightspeed Retail (X-Series) shop

Usage: npm run sim -- [flags]

  --port N              where it listens; 0: a free port (SIM_PORT; 0)
  --host NAME           the address it listens on (127.0.0.1)
  --seed N              what all data grows from: same seed, same shop
                        (SIM_SEED; 1)
  --scale NAME          ${scaleNames.join(', ')}, or one with changes:
                        shop:products=100,sales=0 (SIM_SCALE; shop)
  --journal FILE        keep what is changed for the next time
  --judgment NAME=VALUE decide otherwise where the documentation is
                        silent; may be repeated (SIM_JUDGMENTS, by commas)
  --rate-limit N/S      N requests in S seconds instead of Lightspeed's
                        own limit, or off
  --prepared            keep pages as bytes: for measurements of readers
  --help                this text
`
