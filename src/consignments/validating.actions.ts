import { must, type Context } from '../context.ts'
import { readFacts } from './consignments.store.ts'
import { hindranceOf, lawfulSteps, stepsFrom } from './transition.rules.ts'
import { mayEdit, parts } from './editing.rules.ts'
import { statusLabel, type Type, acts, conditions, statuses, types, actLabel } from './lifecycle.rules.ts'
import { rightFor } from './permission.rules.ts'
import { knownHead } from './reading.actions.ts'
import { isTerminal, statusesOf, stepsOf } from './transition.rules.ts'
import { headView, stepView } from './view.ts'
import { listOddities } from './validating.store.ts'
import { missingEvidence } from '../evidence/asking.actions.ts'

/** Where a document stands, what may be done, what holds the rest back, and what is odd about its lines. Changes nothing. */
export async function validateConsignment(context: Context, ref: string) {
  const { db } = context.database
  const head = await knownHead(context, ref)
  const facts = await readFacts(db, head)
  const { type, status } = head
  const hindered = stepsFrom(type, status).flatMap((step) => {
    const hindrance = hindranceOf(step, facts)
    return hindrance ? [{ ...stepView(step), code: hindrance.code, because: hindrance.words }] : []
  })
  const asked = status === 'RECEIVING' ? await missingEvidence(db, head) : []
  const warnings = [...(await listOddities(db, head)), ...asked]
  return {
    ...headView(head),
    isTerminal: isTerminal(type, status),
    allowed: lawfulSteps({ type, status, facts }).map(stepView),
    hindered,
    editable: parts.filter((part) => mayEdit({ type, status }, part)),
    facts,
    warnings,
  }
}

/** The law as data: what the diagrams are drawn from. */
export function readRules({ actor }: Context) {
  must(actor, 'consignments:read')
  return {
    statuses,
    acts,
    types: types.map(rulesOf),
    conditions: conditions.map(({ code, words }) => ({ code, words })),
  }
}

function rulesOf(type: Type) {
  const known = statusesOf(type)
  return {
    type,
    statuses: known.map((status) => ({
      status,
      label: statusLabel(type, status),
      isTerminal: isTerminal(type, status),
      editable: parts.filter((part) => mayEdit({ type, status }, part)),
    })),
    steps: stepsOf(type).map((step) => ({
      from: step.from,
      act: step.act,
      to: step.to,
      label: actLabel(type, step.act),
      right: rightFor(step),
      heldBackBy: conditions.filter(({ holdsFor }) => holdsFor(step)).map(({ code }) => code),
    })),
  }
}
