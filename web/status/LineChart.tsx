import { useState, type PointerEvent, type ReactNode } from 'react'
import { linesOf, shownSeconds, topFor, type Box, type Place } from './points.rules.ts'

type Series = { name: string; tone: 'main' | 'second' | 'bad'; places: readonly Place[] }

type Props = {
  title: string
  /** The newest value, as it is read. */
  value: ReactNode
  note: ReactNode
  /** All of the chart in a sentence, for who listens. */
  said: string
  series: readonly Series[]
  now: number
  /** The scale reaches up to this at least. */
  least: number
  wordsOf: (value: number) => string
}

const width = 600
const height = 120

export function LineChart({ title, value, note, said, series, now, least, wordsOf }: Props) {
  const [hovered, setHovered] = useState<number | null>(null)
  const from = now - shownSeconds
  const at = hovered === null ? undefined : nearest(series[0]?.places ?? [], from + hovered * shownSeconds)
  const values = series.flatMap(({ places }) => places.map((place) => place.value ?? 0))
  const box = { from, to: now, top: topFor(Math.max(0, ...values), least), width, height }
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <div className="chart-value">{value}</div>
        <div className="chart-note">{at === undefined ? note : readingOf({ series, at, now, wordsOf })}</div>
      </figcaption>
      <div className="chart-frame">
        <span className="chart-top">{wordsOf(box.top)}</span>
        <Drawing said={said} series={series} box={box} cursor={at} onHover={setHovered} />
        <div className="chart-times" aria-hidden="true">
          <span>30 min ago</span>
          <span>now</span>
        </div>
      </div>
      {series.length > 1 && (
        <ul className="chart-key">
          {series.map(({ name, tone }) => (
            <li key={name} data-tone={tone}>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

type DrawingProps = Pick<Props, 'said' | 'series'> & {
  box: Box
  cursor: number | undefined
  /** Where the pointer is, from 0 at the left to 1 at the right. */
  onHover: (share: number | null) => void
}

function Drawing({ said, series, box, cursor, onHover }: DrawingProps) {
  const hover = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect()
    onHover((event.clientX - left) / wide)
  }
  return (
    <svg
      aria-label={said}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      onPointerMove={hover}
      onPointerLeave={() => onHover(null)}
    >
      <path className="chart-grid" d={`M0 0.5H${width}M0 ${height / 2}H${width}M0 ${height - 0.5}H${width}`} />
      {series.map(({ name, tone, places }) => (
        <Lines key={name} tone={tone} lines={linesOf(places, box)} isFilled={tone !== 'second'} />
      ))}
      {cursor !== undefined && (
        <path className="chart-cursor" d={`M${((cursor - box.from) / shownSeconds) * width} 0V${height}`} />
      )}
    </svg>
  )
}

type LinesProps = { tone: string; lines: { x: number; y: number }[][]; isFilled: boolean }

function Lines({ tone, lines, isFilled }: LinesProps) {
  const ways = lines.map((dots) => dots.map(({ x, y }) => `${x} ${y}`).join('L'))
  const areas = lines.map(
    (dots, place) => `M${dots[0]?.x ?? 0} ${height}L${ways[place]}L${dots.at(-1)?.x ?? 0} ${height}Z`,
  )
  return (
    <g data-tone={tone}>
      {isFilled && <path className="chart-area" d={areas.join('')} />}
      <path className="chart-line" d={ways.map((way) => `M${way}`).join('')} vectorEffect="non-scaling-stroke" />
    </g>
  )
}

function nearest(places: readonly Place[], wanted: number): number | undefined {
  const byDistance = places.toSorted((one, other) => Math.abs(one.at - wanted) - Math.abs(other.at - wanted))
  return byDistance[0]?.at
}

type Reading = { series: readonly Series[]; at: number; now: number; wordsOf: (value: number) => string }

function readingOf({ series, at, now, wordsOf }: Reading): string {
  const minutes = Math.round((now - at) / 60)
  const parts = series.flatMap(({ name, places }) => {
    const value = places.find((place) => place.at === at)?.value ?? null
    return [`${name} ${value === null ? 'unknown' : wordsOf(value)}`]
  })
  return `${minutes === 0 ? 'Just now' : `${minutes} min ago`}: ${parts.join(', ')}`
}
