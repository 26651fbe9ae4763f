import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import type { Figure } from './measure.ts'

export function describeMachine(postgres: string): string {
  const [cpu] = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ')
  const parts = [`${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}`, memory, `${process.platform} ${release()}`]
  return `${parts.join(', ')}; Node ${process.version}, PostgreSQL ${postgres} (fsync on); load average at the end ${load}`
}

/** A table in Markdown: ratios first. */
export function reportOf(figures: readonly Figure[], machine: string): string {
  const rows = figures.map(
    ({ what, ratio, limit, detail }) =>
      `| ${ratio === null ? '' : `**${ratio.toFixed(2)}**`} | ${what} | ${limit} | ${detail} |`,
  )
  return [`Machine: ${machine}.`, '', '| ratio | what | limit | figures |', '|---|---|---|---|', ...rows].join('\n')
}
