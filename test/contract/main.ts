import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkAnswers } from './answers.ts'
import { readDescription, WrongDescription } from './description.ts'
import { checkExamples } from './examples.ts'
import { judge, type Verdict } from './law.ts'
import { lawsFor } from './laws.ts'
import { readExample } from './read-example.ts'
import { inWords, isClean, lawsInWords } from './report.ts'
import { openSimulatedShop, realShop, type Address } from './shop.ts'

const help = `Holds what we know of Lightspeed against a shop, or against its official description

Usage: npm run contract -- [flags]

  (no flag)       check the laws at the simulator, or at a real shop when
                  CONTRACT_BASE_URL and CONTRACT_TOKEN are set: there only what
                  reads
  --write         at a real shop also what writes: consignments, stock and
                  webhooks of a shop on trial. No count is ever completed there
  --spec FILE     check an official OpenAPI description, YAML or JSON: the answers
                  of the simulator against its schemas, its examples against the
                  client
  --json          one JSON value instead of words
  --help          this text

Exit codes: 0 all is right · 1 something is not · 2 wrong use
`

const options = {
  spec: { type: 'string' },
  write: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** What was asked that cannot be meant. */
class WrongUse extends Error {}

try {
  process.exitCode = await run(process.argv.slice(2), process.env)
} catch (error) {
  if (!(error instanceof WrongUse || error instanceof WrongDescription)) throw error
  process.stderr.write(`${error.message}\n\nnpm run contract -- --help tells how it is used.\n`)
  process.exitCode = 2
}

async function run(args: string[], env: { [name: string]: string | undefined }): Promise<number> {
  const flags = readFlags(args)
  if (flags.help) return say(help, 0)
  return flags.spec === undefined ? await checkLaws(flags, addressIn(env)) : await checkSpec(flags.spec, flags)
}

type Flags = { spec: string | undefined; write: boolean; json: boolean; help: boolean }

function readFlags(args: string[]): Flags {
  try {
    const { values } = parseArgs({ args, options, strict: true })
    const { spec, write = false, json = false, help: wanted = false } = values
    if (spec !== undefined && write) throw new Error('--spec reads a file and writes to no shop: leave --write out')
    return { spec, write, json, help: wanted }
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function addressIn(env: { [name: string]: string | undefined }): Address | undefined {
  const { CONTRACT_BASE_URL: baseUrl, CONTRACT_TOKEN: token } = env
  if (baseUrl === undefined && token === undefined) return undefined
  if (!baseUrl || !token) throw new WrongUse('A real shop needs both CONTRACT_BASE_URL and CONTRACT_TOKEN')
  if (!URL.canParse(baseUrl)) throw new WrongUse(`CONTRACT_BASE_URL is not a URL: ${baseUrl}`)
  return { baseUrl, token }
}

async function checkSpec(file: string, { json }: Flags): Promise<number> {
  const description = readDescription(textOf(file))
  const examples = checkExamples(description, readExample)
  const report = { description: description.title, examples, answers: await checkAnswers(description) }
  return say(json ? `${JSON.stringify(report)}\n` : `${inWords(report)}\n`, isClean(report) ? 0 : 1)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new WrongUse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function checkLaws({ write, json }: Flags, address: Address | undefined): Promise<number> {
  const where = address?.baseUrl ?? 'the simulator'
  const verdicts = address ? await atRealShop(address, write) : await atSimulator()
  const broken = verdicts.some(({ result }) => result === 'broken')
  return say(json ? `${JSON.stringify({ where, verdicts })}\n` : `${lawsInWords(where, verdicts)}\n`, broken ? 1 : 0)
}

async function atRealShop(address: Address, write: boolean): Promise<Verdict[]> {
  const shop = realShop(address)
  const verdicts: Verdict[] = []
  for (const law of lawsFor(shop, { write })) verdicts.push(await judge(law, shop))
  return verdicts
}

async function atSimulator(): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const law of lawsFor({ kind: 'simulator' }, { write: true })) {
    await using shop = await openSimulatedShop()
    verdicts.push(await judge(law, shop))
  }
  return verdicts
}

function say(text: string, exitCode: number): number {
  process.stdout.write(text)
  return exitCode
}
