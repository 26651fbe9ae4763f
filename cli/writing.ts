import { count } from './text.ts'

type Rehearsed = { dryRun: true; requests: readonly { method: string; path: string; body: unknown }[] }
type Wished = { dryRun: false; id: string; kind: string; state: string }

/** What somebody is told who asked for something in Lightspeed, or only tried. */
export function wishReport(asked: Rehearsed | Wished): string {
  if (!asked.dryRun) return `Asked for. How far it came: consign queue writes --id ${asked.id}`
  if (asked.requests.length === 0) return 'Nothing would be sent: it is so already.'
  const lines = asked.requests.map(({ method, path, body }) =>
    body === null ? `${method} ${path}` : `${method} ${path}\n${JSON.stringify(body, null, 2)}`,
  )
  return [
    `Nothing was sent. It would be ${count(lines.length)} ${lines.length === 1 ? 'request' : 'requests'}:`,
    ...lines,
  ].join('\n')
}
