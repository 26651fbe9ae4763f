import { parseResponse } from 'hono/client'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { flag, misuse } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Who packs one; ask to take over, or answer',
  details:
    'Without an option it shows who packs. Whoever asks has the lock when the packer agrees, or says nothing for 60 seconds; a packer who was silent for 90 seconds is followed without asking.',
  args: { id: 'The transfer or return, by its number or id' },
  options: {
    take: flag('Be its packer'),
    ask: flag('Ask to take over'),
    agree: flag('Give it to whoever asks'),
    refuse: flag('Keep it, whoever asks'),
    release: flag('Leave it to whoever asks, or to nobody'),
    'dry-run': flag('Only say what it would be'),
  },
  examples: [['consignment lock TR-STK-202611-000123-61 --ask', 'The packer is asked']],
  async run({ args: { id }, options: { 'dry-run': dryRun, ...flags }, api, out }) {
    const asked = acts.filter((act) => flags[act])
    const [act] = asked
    if (asked.length > 1) throw misuse(`--${asked.join(' and --')}: do one at a time`)
    const told = await ask(api, { id, act, dryRun })
    if (dryRun && act) out.say('Nothing was changed. It would be:')
    out.result(told, () => sentence(told))
  },
})

const acts = ['take', 'ask', 'agree', 'refuse', 'release'] as const

type Wish = { id: string; act: (typeof acts)[number] | undefined; dryRun: boolean }

function ask(api: Client, { id, act, dryRun }: Wish) {
  const door = api.api.v1.consignments[':id']['pack-lock']
  const param = { id }
  const query = dryRun ? { dryRun: 'true' as const } : {}
  if (act === 'take') return parseResponse(door.$put({ param, query }))
  if (act === 'ask') return parseResponse(door.requests.$post({ param, query }))
  if (act === 'release') return parseResponse(door.$delete({ param, query }))
  if (act === undefined) return parseResponse(door.$get({ param }))
  return parseResponse(door.answers.$post({ param, json: { agree: act === 'agree', dryRun } }))
}

type Told = {
  isMine: boolean
  lock: { holder: string; staleAt: string; expiresAt: string; wantedBy: string | null; givenAt: string | null } | null
}

function sentence({ isMine, lock }: Told): string {
  if (lock === null) return 'Nobody packs it.'
  const who = isMine ? 'You pack it' : `${lock.holder} packs it`
  const until = `until ${lock.expiresAt}, unless silent from ${lock.staleAt} on`
  if (lock.wantedBy === null) return `${who}, ${until}.`
  return `${who}, ${until}. ${lock.wantedBy} asks to take over, and has it at ${lock.givenAt ?? 'once'} without an answer.`
}
