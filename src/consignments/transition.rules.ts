import { Refusal } from '../kernel/refusal.ts'
import {
  acts,
  conditions,
  law,
  statuses,
  typeName,
  type Condition,
  type Facts,
  type Status,
  type Step,
  type Type,
} from './lifecycle.rules.ts'

/** Where a document stands, as far as the law asks. */
export type Position = { type: Type; status: Status; facts: Facts }

/** Every step out of a status, whatever the facts. */
export function stepsFrom(type: Type, from: Status): Step[] {
  const out = law[type][from] ?? {}
  return acts.flatMap((act) => {
    const to = out[act]
    return to === undefined ? [] : [{ type, from, act, to }]
  })
}

/** Every step that there is in a type. */
export function stepsOf(type: Type): Step[] {
  return statuses.flatMap((from) => stepsFrom(type, from))
}

/** The statuses that a type knows: a purchase order is never packed here. */
export function statusesOf(type: Type): Status[] {
  const known = new Set(stepsOf(type).flatMap(({ from, to }) => [from, to]))
  return statuses.filter((status) => known.has(status))
}

/** What may be done now, with the facts as they are. */
export function lawfulSteps({ type, status, facts }: Position): Step[] {
  return stepsFrom(type, status).filter((step) => hindranceOf(step, facts) === undefined)
}

/** What stands between a step of the table and doing it; undefined when nothing does. */
export function hindranceOf(step: Step, facts: Facts): Condition | undefined {
  return conditions.find(({ holdsFor, isMet }) => holdsFor(step) && !isMet(facts))
}

/** The step to a status. Throws a Refusal (422) with the status, what was asked and what is lawful instead. */
export function stepTo(position: Position, to: Status): Step {
  const step = stepsFrom(position.type, position.status).find((one) => one.to === to)
  const hindrance = step && hindranceOf(step, position.facts)
  if (step && !hindrance) return step
  throw notLawful(position, { to, step, hindrance })
}

/** No step leads out of it. */
export function isTerminal(type: Type, status: Status): boolean {
  return stepsFrom(type, status).length === 0
}

/** Further along the path; reopening and cancelling are not. */
export function isForward({ from, to }: Pick<Step, 'from' | 'to'>): boolean {
  return to !== 'CANCELLED' && rankOf(to) > rankOf(from)
}

/** How far along the path, from 0. */
export function rankOf(status: Status): number {
  return statuses.indexOf(status)
}

type Wish = { to: Status; step: Step | undefined; hindrance: Condition | undefined }

function notLawful(position: Position, { to, step, hindrance }: Wish): Refusal {
  const { type, status } = position
  const lawful = lawfulSteps(position)
  const instead = lawful.length === 0 ? 'nothing' : lawful.map((one) => `${one.act} (${one.to})`).join(', ')
  const why = hindrance ? `: ${hindrance.words}` : ''
  return new Refusal(
    'not_lawful',
    'transition_not_lawful',
    `This ${typeName(type)} is ${status} and cannot become ${to}${why}. Lawful now: ${instead}.`,
    {
      status,
      to,
      act: step?.act ?? null,
      hindrance: hindrance?.code ?? null,
      allowed: lawful.map((one) => one.to),
      lawful: lawful.map((one) => ({ act: one.act, to: one.to })),
    },
  )
}
