import { Table } from '@mantine/core'
import type { Point, Status } from '../api.ts'
import { counted, countedAs, lasting } from '../ui/humane.rules.ts'
import { LineChart } from './LineChart.tsx'
import { byMinute, errorPercentOf } from './points.rules.ts'
import { WideTable } from './WideTable.tsx'

const columns = ['Time', 'Waiting', 'Running', 'Done per minute', 'Failed per minute', 'Error rate']

/** Depth, rate and error rate of the queue in the last half hour, moving with every event. */
export function QueueCharts({ status: { now, points, queue } }: { status: Status }) {
  const all = [...points, now]
  const of = (value: (point: Point) => number | null) => all.map((point) => ({ at: point.at, value: value(point) }))
  const errors = errorPercentOf(now)
  const most = Math.max(...all.map(({ waiting }) => waiting))
  return (
    <section aria-label="The queue in the last 30 minutes">
      <div className="charts">
        <LineChart
          title="Jobs waiting"
          value={<span data-of="waiting">{counted(now.waiting)}</span>}
          note={depthNote(now, queue.oldestWaitingSeconds)}
          said={`Jobs waiting: ${now.waiting} now, at most ${most} in the last 30 minutes`}
          series={[
            { name: 'waiting', tone: 'main', places: of(({ waiting }) => waiting) },
            { name: 'running', tone: 'second', places: of(({ running }) => running) },
          ]}
          now={now.at}
          least={5}
          wordsOf={counted}
        />
        <LineChart
          title="Done per minute"
          value={rateOf(now.donePerMinute)}
          note={failedNote(now)}
          said={`Jobs done per minute: ${rateOf(now.donePerMinute)} now`}
          series={[
            { name: 'done', tone: 'main', places: of(({ donePerMinute }) => donePerMinute) },
            { name: 'failed', tone: 'bad', places: of(({ failedPerMinute }) => failedPerMinute) },
          ]}
          now={now.at}
          least={5}
          wordsOf={rateOf}
        />
        <LineChart
          title="Error rate"
          value={errors === null ? '–' : percent(errors)}
          note={errors === null ? 'No job was tried in the last minute' : 'of all tries in the last minute'}
          said={`Error rate: ${errors === null ? 'no job was tried in the last minute' : `${percent(errors)} of the tries failed`}`}
          series={[{ name: 'failed', tone: 'bad', places: of(errorPercentOf) }]}
          now={now.at}
          least={10}
          wordsOf={percent}
        />
      </div>
      <AsTable points={all} />
    </section>
  )
}

function depthNote({ running }: Point, oldestSeconds: number): string {
  const oldest = oldestSeconds > 0 ? `, the oldest for ${lasting(oldestSeconds * 1000)}` : ''
  return `${counted(running)} running${oldest}`
}

function failedNote({ failedPerMinute }: Point): string {
  if (failedPerMinute === null) return 'A rate is known after some seconds'
  return failedPerMinute === 0
    ? 'no try failed in the last minute'
    : `${countedAs(Math.ceil(failedPerMinute), 'try', 'tries')} failed`
}

/** Tenths matter only where there is little. */
function rateOf(value: number | null): string {
  return value === null ? '–' : counted(value < 10 ? value : Math.round(value))
}

function percent(value: number): string {
  return `${counted(value)} %`
}

const time = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23' })

function AsTable({ points }: { points: readonly Point[] }) {
  return (
    <details className="chart-table">
      <summary>The charts as a table</summary>
      <WideTable label="The charts as a table" columns={columns}>
        {byMinute(points).map((point) => (
          <MinuteRow key={point.at} point={point} />
        ))}
      </WideTable>
    </details>
  )
}

function MinuteRow({ point }: { point: Point }) {
  const errors = errorPercentOf(point)
  return (
    <Table.Tr>
      <Table.Th scope="row">{time.format(point.at * 1000)}</Table.Th>
      <Table.Td>{counted(point.waiting)}</Table.Td>
      <Table.Td>{counted(point.running)}</Table.Td>
      <Table.Td>{rateOf(point.donePerMinute)}</Table.Td>
      <Table.Td>{rateOf(point.failedPerMinute)}</Table.Td>
      <Table.Td>{errors === null ? '–' : percent(errors)}</Table.Td>
    </Table.Tr>
  )
}
