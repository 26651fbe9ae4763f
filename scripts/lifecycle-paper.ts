import { mayEdit, parts } from '#src/consignments/editing.rules.ts'
import {
  actLabel,
  conditions,
  statuses,
  statusLabel,
  types,
  typeName,
  type Step,
  type Type,
} from '#src/consignments/lifecycle.rules.ts'
import { rightFor } from '#src/consignments/permission.rules.ts'
import { stageOf, type Staged } from '#src/consignments/stage.rules.ts'
import { isTerminal, statusesOf, stepsOf } from '#src/consignments/transition.rules.ts'
import { remoteStatuses, remoteTypes } from '#src/lightspeed/status-map.rules.ts'

/** The paper with what is drawn from the rules drawn anew. Throws when a place for it is missing. */
export function redrawn(paper: string): string {
  return Object.entries(drawings()).reduce((text, [name, drawing]) => {
    const place = new RegExp(`(<!-- drawn: ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!place.test(text)) throw new Error(`The paper has no place for "${name}"`)
    return text.replace(place, (_, start: string, end: string) => `${start}${drawing}\n${end}`)
  }, paper)
}

function drawings(): Record<string, string> {
  const ofTypes = types.map((type) => [type, `${diagram(type)}\n\n${stepTable(type)}`] as const)
  return {
    ...Object.fromEntries(ofTypes),
    conditions: conditionTable(),
    editing: editingTable(),
    stages: stageTable(),
    lightspeed: lightspeedTable(),
  }
}

function diagram(type: Type): string {
  const states = statusesOf(type).map((status) => `    ${status} : ${statusLabel(type, status)}`)
  const arrows = stepsOf(type).map((step) => `    ${step.from} --> ${step.to} : ${actLabel(type, step.act)}`)
  const ends = statusesOf(type).filter((status) => isTerminal(type, status))
  const lines = [
    'stateDiagram-v2',
    ...states,
    '    [*] --> DRAFT',
    ...arrows,
    ...ends.map((end) => `    ${end} --> [*]`),
  ]
  return ['```mermaid', ...lines, '```'].join('\n')
}

function stepTable(type: Type): string {
  const rows = stepsOf(type).map((step) => [
    step.from,
    `\`${step.act}\` (${actLabel(type, step.act)})`,
    step.to,
    `\`${rightFor(step)}\``,
    conditionsOf(step),
  ])
  return table(['from', 'act', 'to', 'right', 'held back by'], rows)
}

function conditionsOf(step: Step): string {
  const codes = conditions.filter(({ holdsFor }) => holdsFor(step)).map(({ code }) => `\`${code}\``)
  return codes.join(', ')
}

function conditionTable(): string {
  const rows = conditions.map(({ code, words }) => [`\`${code}\``, words])
  return table(['hindrance', 'in words'], rows)
}

function editingTable(): string {
  const rows = parts.map((part) => {
    const open = types.map((type) =>
      statusesOf(type)
        .filter((status) => mayEdit({ type, status }, part))
        .join(', '),
    )
    return [part.replace('_', ' ')].concat(open.map((ones) => ones || 'never'))
  })
  return table(['what', ...types.map(typeName)], rows)
}

const ordinary: Staged = { status: 'DRAFT', approval: 'approved', link: 'none', isShipped: false }

const moments: readonly (readonly [string, Partial<Staged>])[] = [
  ['DRAFT', { approval: 'not_asked' }],
  ['DRAFT, approval pending', { approval: 'pending' }],
  ['OPEN', { status: 'OPEN' }],
  ['SENT', { status: 'SENT' }],
  ['SENT, a push is queued', { status: 'SENT', link: 'queued' }],
  ['SENT, Lightspeed has it', { status: 'SENT', link: 'synced' }],
  ['SENT, the supplier has shipped', { status: 'SENT', isShipped: true }],
  ['RECEIVING', { status: 'RECEIVING' }],
  ['PARTIAL', { status: 'PARTIAL' }],
  ['RECEIVED', { status: 'RECEIVED' }],
  ['CLOSED, ARCHIVED', { status: 'CLOSED' }],
  ['any from OPEN on, the push is in the dead letters', { status: 'SENT', link: 'failed' }],
  ['CANCELLED', { status: 'CANCELLED' }],
]

function stageTable(): string {
  const rows = moments.map(([words, moment]) => [words, stageOf({ ...ordinary, ...moment })])
  return table(['status and facts', 'as buyers call it'], rows)
}

function lightspeedTable(): string {
  const rows = statuses.map((status) => {
    const words = types.map((type) => remoteWords(type, status))
    const row: string[] = [status]
    return row.concat(words)
  })
  return table(['Consign', ...types.map((type) => remoteTypes[type])], rows)
}

function remoteWords(type: Type, status: keyof (typeof remoteStatuses)[Type]): string {
  const words = remoteStatuses[type][status]
  if (words === undefined) return ''
  return words === null ? '(not there)' : words.join(' or ')
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
