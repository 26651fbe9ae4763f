import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { ago, counted } from '../text.ts'

const colours = { green: 'green', amber: 'yellow', red: 'red' } as const

export default command({
  group: 'looking',
  summary: 'Whether the queue is well, and who works',
  details: 'Exit code 1 when it is red: too much waits, for too long, or no worker runs.',
  args: {},
  options: {},
  examples: [['queue status', 'Green, amber or red, and why']],
  async run({ api, out }) {
    const { grade, reasons, totals, workers } = await parseResponse(api.api.v1.jobs.stats.$get())
    out.result({ grade, reasons, totals, workers }, ({ paint }) => {
      const { waiting, running, dead } = totals
      const why = reasons.length > 0 ? `: ${reasons.join(', ')}` : ''
      const lines = workers.map(({ host, pid, running: busy, slots, seenAt, isSilent }) => {
        const silence = isSilent ? paint('red', ', silent: its jobs go to others') : ''
        return `  ${host} (process ${pid}): ${busy} of ${counted(slots, 'job')} at a time, seen ${ago(seenAt, new Date())}${silence}`
      })
      return [
        `${paint(colours[grade], grade)}${why}`,
        `${counted(waiting, 'job')} waiting, ${running} running, ${counted(dead, 'dead letter')}`,
        ...(lines.length > 0 ? ['', 'Workers', ...lines] : []),
      ].join('\n')
    })
    return grade === 'red' ? exitCodes.failed : exitCodes.done
  },
})
