import { contradictions, type Contradiction } from './contradictions.ts'
import type { Description, Operation } from './description.ts'
import { judge, type Law, type Verdict } from './law.ts'
import { laws } from './laws.ts'
import { isJson, openSimulatedShop, overheard, type Answer } from './shop.ts'
import { isUnserved, operationOf, sweep, type Swept } from './sweep.ts'
import { openValidator, type Flaw, type Validator } from './validator.ts'

/** A complaint of the description, how often it came, and why it is wrong where that is known. */
export type Complaint = { operation: string; at: string; says: string; times: number; because?: string; seenAt: string }

export type AnswersChecked = {
  checked: number
  valid: number
  /** All that is wrong with it is the description's own fault. */
  contradicted: number
  invalid: number
  /** Answers that the description has no schema for, by why. */
  withoutSchema: { [why: string]: number }
  complaints: Complaint[]
  endpoints: Swept
  /** Operations that change something: how many are described, and which of them were done. */
  writes: { described: number; exercised: string[] }
  broken: Verdict[]
}

/** Holds every answer that the simulator gives, when it is swept and when each law is checked, against the description. */
export async function checkAnswers(description: Description, toCheck: readonly Law[] = laws): Promise<AnswersChecked> {
  const answers: Answer[] = []
  const hear = (answer: Answer) => {
    if (!isUnserved(answer)) answers.push(answer)
  }
  const endpoints = await swept(description, hear)
  const verdicts: Verdict[] = []
  for (const law of toCheck) {
    await using shop = await openSimulatedShop()
    verdicts.push(await judge(law, overheard(shop, hear)))
  }
  const broken = verdicts.filter(({ result }) => result !== 'kept')
  return { ...tally(description, answers), endpoints, writes: writesAmong(description, answers), broken }
}

async function swept(description: Description, hear: (answer: Answer) => void): Promise<Swept> {
  await using shop = await openSimulatedShop({ scale: 'shop' })
  return await sweep(overheard(shop, hear), description)
}

function tally(description: Description, answers: Answer[]) {
  const complain = openJudge(description)
  const counts = { checked: 0, valid: 0, contradicted: 0, invalid: 0 }
  const withoutSchema: { [why: string]: number } = {}
  const complaints = new Map<string, Complaint>()
  for (const answer of answers) {
    const operation = operationOf(description.operations, answer)
    const schema = operation?.schemas.get(String(answer.status))
    if (!operation || schema === undefined) {
      const why = whyNoSchema(operation, answer)
      withoutSchema[why] = (withoutSchema[why] ?? 0) + 1
      continue
    }
    const found = complain(`${operation.method} ${operation.path}`, schema, answer)
    counts.checked++
    if (found.length === 0) counts.valid++
    else counts[found.every(({ because }) => because !== undefined) ? 'contradicted' : 'invalid']++
    for (const complaint of found) note(complaints, complaint)
  }
  return { ...counts, withoutSchema, complaints: [...complaints.values()] }
}

function writesAmong({ operations }: Description, answers: Answer[]): { described: number; exercised: string[] } {
  const described = operations.filter(({ method }) => method !== 'GET')
  const done = answers.flatMap((answer) => (answer.status < 300 ? (operationOf(described, answer) ?? []) : []))
  const names = new Set(done.map(({ method, path }) => `${method} ${path}`))
  return { described: described.length, exercised: [...names].toSorted() }
}

function whyNoSchema(operation: Operation | undefined, { status }: Answer): string {
  if (!operation) return 'the endpoint is not in the description'
  return status < 300 ? `${status} has no body` : `${status} is not in the description`
}

/** Rules that the description's own examples break, and which example does. */
function faultsOfExamples({ examples }: Description, validate: Validator): Map<string, string> {
  const faults = new Map<string, string>()
  for (const { schema, body, where } of examples) {
    for (const { rule } of schema === undefined ? [] : validate(schema, body)) {
      if (!faults.has(rule)) faults.set(rule, where)
    }
  }
  return faults
}

type Judge = (operation: string, schema: string, answer: Answer) => Complaint[]

/** Complaints of the description about an answer, each with the reason why it is wrong, where that is known. */
function openJudge(description: Description): Judge {
  const validate = openValidator(description.document)
  const ownFaults = faultsOfExamples(description, validate)
  return (operation, schema, { body, path }) => {
    const asComplaint = (flaw: Flaw): Complaint => {
      const because = contradictionOf(operation, flaw)?.because ?? exampleLike(flaw, ownFaults)
      const { at, says } = flaw
      return { operation, at, says, times: 1, seenAt: path, ...(because === undefined ? {} : { because }) }
    }
    const flaws = validate(schema, body)
    const rest = flaws.flatMap((flaw) => contradictionOf(operation, flaw)?.rest ?? [])
    const further = rest.flatMap((restOf) => (isJson(body) ? validate(schema, restOf(body)) : []))
    return [...flaws, ...further].map(asComplaint)
  }
}

const contradictionOf = (operation: string, { at, says }: Flaw): Contradiction | undefined =>
  contradictions.find((known) => known.operation === operation && known.at === at && says.startsWith(known.says))

function exampleLike({ rule }: Flaw, ownFaults: Map<string, string>): string | undefined {
  const example = ownFaults.get(rule)
  return example === undefined ? undefined : `its own example of ${example} does so too`
}

function note(complaints: Map<string, Complaint>, complaint: Complaint): void {
  const key = `${complaint.operation} ${complaint.at} ${complaint.says}`
  const known = complaints.get(key)
  if (known) known.times++
  else complaints.set(key, { ...complaint })
}
