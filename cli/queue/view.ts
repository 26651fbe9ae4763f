import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'
import { given, oneOf } from '../query.ts'
import { table, type Column } from '../table.ts'
import { ago, oneLine } from '../text.ts'
import { letterLines } from './dead-letter.report.ts'

const states = ['waiting', 'retrying', 'running', 'done', 'failed', 'cancelled'] as const

const columns: Column[] = [
  { title: 'Id' },
  { title: 'Kind', gives: true },
  { title: 'State' },
  { title: 'Since' },
  { title: 'Payload or reason', gives: true },
]

export default command({
  group: 'looking',
  summary: 'Jobs, newest first; dead letters with --dead',
  details: 'A dead letter is a job that failed for good. `--id` shows one of them whole, with the place in the code.',
  args: {},
  options: {
    dead: flag('Dead letters instead of jobs'),
    id: text('<id>', 'This one, whole'),
    type: text('<kind>', 'Only this kind, such as webhooks.process'),
    status: text('<state>', `Only ${states.join(', ')}`, oneOf(states)),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
    after: text('<next>', 'Go on behind a page, with what it said was next'),
  },
  examples: [
    ['queue view --status failed', 'What failed'],
    ['queue view --dead', 'What waits for a person'],
  ],
  async run({ options: { dead, id, type: kind, status, limit = 20, after }, api, out }) {
    const { jobs, 'dead-letters': letters } = api.api.v1
    if (id !== undefined && dead) {
      const letter = await parseResponse(letters[':id'].$get({ param: { id } }))
      return out.result(letter, (screen) => letterLines(letter, screen).join('\n'))
    }
    if (id !== undefined) {
      const job = await parseResponse(jobs[':id'].$get({ param: { id } }))
      return out.result(job, () => JSON.stringify(job, null, 2))
    }
    const query = { ...given({ kind, after }), limit: String(limit) }
    const page = dead
      ? await parseResponse(letters.$get({ query })).then(({ data, next }) => ({ data: data.map(fromLetter), next }))
      : await parseResponse(jobs.$get({ query: { ...query, ...known(status) } }))
    return out.result(page, (screen) => {
      if (page.data.length === 0) return dead ? 'There are no dead letters.' : 'There are no such jobs.'
      const rows = page.data.map((one) => [
        one.id,
        one.kind ?? '',
        one.state,
        ago(one.startedAt ?? one.enqueuedAt ?? '', new Date()),
        oneLine(one.error ?? JSON.stringify(one.payload)),
      ])
      const again = `consign queue view${dead ? ' --dead' : ''} --after ${page.next}`
      return [table(screen, columns, rows), ...(page.next === null ? [] : ['', `There are more: ${again}`])].join('\n')
    })
  },
})

function known(status: string | undefined) {
  const state = states.find((one) => one === status)
  return state && { state }
}

type Letter = { id: string; kind: string | null; failedAt: string; error: string; payload: unknown }

function fromLetter<L extends Letter>(letter: L) {
  return { ...letter, state: 'dead', startedAt: letter.failedAt, enqueuedAt: null }
}
