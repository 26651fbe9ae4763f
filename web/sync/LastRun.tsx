import { Loader } from '@mantine/core'
import type { RunEntity } from '../api.ts'
import { ago, countedAs } from '../ui/humane.rules.ts'
import { ClockIcon, DoneIcon, WarningIcon } from '../ui/icons.tsx'
import { changesOf } from './run-words.rules.ts'

type Props = { run: RunEntity | null; now: number }

/** What the last run did with an entity, or what the present one is doing with it. */
export function LastRun({ run, now }: Props) {
  if (!run) return <span className="faint">never</span>
  const { state, note, error, finishedAt } = run
  if (state === 'queued') return <Line icon={<ClockIcon size={16} />} tone="faint" words={note ?? 'waiting its turn'} />
  if (state === 'running') {
    const words = run.fetched === 0 ? 'asking' : `${countedAs(run.fetched, 'record')} read: ${changesOf(run)}`
    return <Line icon={<Loader size={14} />} tone="going" words={words} more={note} />
  }
  const when = finishedAt === null ? '' : ago((now - Date.parse(finishedAt)) / 1000)
  if (state === 'failed') {
    return <Line icon={<WarningIcon size={16} />} tone="failed" words={`failed ${when}`} more={error} />
  }
  return <Line icon={<DoneIcon size={16} />} tone="done" words={`${changesOf(run)}, ${when}`} more={note} />
}

type LineProps = { icon: React.ReactNode; tone: string; words: string; more?: string | null }

function Line({ icon, tone, words, more = null }: LineProps) {
  return (
    <div className="last-run" data-tone={tone}>
      {icon}
      <div>
        {words}
        {more !== null && <div className="more words">{more}</div>}
      </div>
    </div>
  )
}
