import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { ago, oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Id' },
  { title: 'Name', gives: true },
  { title: 'Rights', gives: true },
  { title: 'Made', gives: true },
  { title: 'State', gives: true },
]

export default command({
  group: 'tools',
  summary: 'The tokens that open the door, or did',
  args: {},
  options: {},
  examples: [['token list', 'Who may come in, with what right, until when']],
  async run({ api, out }) {
    const page = await parseResponse(api.api.v1.tokens.$get({ query: { limit: '500' } }))
    out.result(page, (screen) => {
      const now = new Date()
      const rows = page.data.map((token) => [
        token.id,
        oneLine(token.name),
        token.scopes.join(', '),
        ago(token.createdAt, now),
        stateOf(token, now),
      ])
      return rows.length === 0 ? 'There is no token but CONSIGN_ADMIN_TOKEN.' : table(screen, columns, rows)
    })
  },
})

function stateOf({ revokedAt, expiresAt }: { revokedAt: string | null; expiresAt: string | null }, now: Date): string {
  if (revokedAt !== null) return `taken back ${ago(revokedAt, now)}`
  if (expiresAt === null) return 'good'
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : `good until ${expiresAt.slice(0, 10)}`
}
