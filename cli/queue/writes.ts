import { parseResponse } from 'hono/client'
import { writeKinds, writeStates } from '#src/writes/writes.rules.ts'
import { command } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { given, oneOf } from '../query.ts'
import { table } from '../table.ts'

export default command({
  group: 'sync',
  summary: 'What was asked of Lightspeed, and how far it came',
  details:
    'Products, stock and suppliers. What failed lies among the dead letters: consign queue retry --type lightspeed.write --all.',
  args: {},
  options: {
    id: text('<id>', 'One of them, with what Lightspeed said'),
    state: text('<state>', `One of ${writeStates.join(', ')}`, oneOf(writeStates)),
    type: text('<kind>', `One of ${writeKinds.join(', ')}`, oneOf(writeKinds)),
    limit: wholeNumber('<n>', 'So many (20)', [1, 500]),
  },
  examples: [['queue writes --state failed', 'What Lightspeed refused']],
  async run({ options: { id, state, type, limit = 20 }, api, out }) {
    const writes = api.api.v1['lightspeed-writes']
    if (id !== undefined) {
      const one = await parseResponse(writes[':id'].$get({ param: { id } }))
      return out.result(one, () => `${said(one)}\n${JSON.stringify(one.result ?? one.wish, null, 2)}`)
    }
    const page = await parseResponse(
      writes.$get({ query: { limit: String(limit), ...given({ state: stateNamed(state), kind: kindNamed(type) }) } }),
    )
    return out.result(page, (screen) => {
      if (page.data.length === 0) return 'Nothing was asked of Lightspeed.'
      const rows = page.data.map((one) => [
        one.wishedAt,
        one.kind,
        one.state,
        one.failure ?? one.waitsFor ?? '',
        one.id,
      ])
      return table(
        screen,
        [{ title: 'Asked' }, { title: 'What' }, { title: 'State' }, { title: 'Because', gives: true }, { title: 'Id' }],
        rows,
      )
    })
  },
})

function said({
  kind,
  state,
  failure,
  waitsFor,
}: {
  kind: string
  state: string
  failure: string | null
  waitsFor: string | null
}) {
  return [`${kind} is ${state}`, failure ?? waitsFor].filter(Boolean).join(': ')
}

function stateNamed(name: string | undefined) {
  return writeStates.find((one) => one === name)
}

function kindNamed(name: string | undefined) {
  return writeKinds.find((one) => one === name)
}
