import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag, misuse, wholeNumber } from '../options.ts'
import type { Output } from '../output.ts'
import { counted } from '../text.ts'
import { jsonObject, objectIn } from './json.words.ts'

export default command({
  group: 'sync',
  summary: 'Do the webhooks that wait, or one you give',
  details:
    'A running server does them by itself; this is for when none runs, and for those that failed. With `--payload` one ' +
    'envelope is taken in and done: {"event_type": …, "data": …}, with event_id and created_at if you like.',
  args: {},
  options: {
    payload: jsonObject('An envelope, taken in and done'),
    limit: wholeNumber('<n>', 'So many of those that wait (100)', [1, 1000]),
    'dry-run': flag('Only say what would be done'),
  },
  examples: [
    ['webhook process', 'Do what waits'],
    ['webhook process --payload=\'{"event_type":"sale.updated"}\'', 'Do this one'],
  ],
  async run({ options: { payload, limit = 100, 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) return payload === undefined ? sayWaiting(api, limit, out) : sayKnown(api, envelopeIn(payload), out)
    if (payload !== undefined) {
      const done = await parseResponse(api.api.v1['webhook-events'].$post({ json: envelopeIn(payload) }))
      return out.result(done, () => `${done.id}: ${done.status}; ${done.outcome}`)
    }
    const worked = await parseResponse(api.api.v1['webhook-events'].processing.$post({ json: { limit } }))
    out.result(worked, ({ paint }) =>
      [
        ...worked.done.map(({ id, outcome }) => `${id}: ${outcome}`),
        ...worked.failed.map(({ id, error }) => paint('red', `${id}: ${error}`)),
        `${counted(worked.done.length, 'webhook')} done, ${worked.failed.length} failed.`,
      ].join('\n'),
    )
    return worked.failed.length > 0 ? exitCodes.failed : exitCodes.done
  },
})

async function sayWaiting(api: Client, limit: number, out: Output) {
  const { counts } = await parseResponse(api.api.v1.webhooks.$get())
  const those = counts.filter(({ state }) => state === 'waiting' || state === 'failed')
  const waiting = those.reduce((sum, { events }) => sum + events, 0)
  out.result({ waiting, limit }, () => `${counted(Math.min(waiting, limit), 'webhook')} would be done.`)
}

async function sayKnown(api: Client, envelope: ReturnType<typeof envelopeIn>, out: Output) {
  const { types } = await parseResponse(api.api.v1.webhooks.$get())
  const isKnown = types.envelope.some((type) => type === envelope.event_type)
  if (!isKnown) throw misuse(`--payload: nothing is done with ${envelope.event_type}`, { known: types.envelope })
  out.result(envelope, () => `A ${envelope.event_type} would be taken in and done.`)
}

function envelopeIn(payload: string) {
  const { event_type: type, event_id: id, created_at: at, data } = objectIn(payload)
  if (typeof type !== 'string') throw misuse('--payload: event_type is missing')
  return {
    event_type: type,
    data: data ?? {},
    ...(typeof id === 'string' ? { event_id: id } : {}),
    ...(typeof at === 'string' ? { created_at: at } : {}),
  }
}
