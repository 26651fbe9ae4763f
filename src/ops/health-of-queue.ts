import type { House } from '../house.ts'
import { kindNames } from '../jobs/kinds.ts'
import { readScheduleStates } from '../jobs/schedules.actions.ts'
import { readSchedulesOf } from '../jobs/schedules.ts'
import { listWorkers, readLoad } from '../jobs/stats.store.ts'
import { gradeOfWaiting, gradeOfWorkers } from './grading.rules.ts'
import { amber, green, partOf, type Part } from './parts.ts'

export function queuePart({ database, config }: House): Promise<Part> {
  return partOf('queue', 'See `consign queue status` for what waits, and start another `consign worker`', async () => {
    const load = await readLoad(database.db, kindNames, config.workerSilentSeconds)
    const { grade, reasons } = gradeOfWaiting(load)
    const why = reasons.length > 0 ? `: ${reasons.join(', ')}` : ''
    return { grade, detail: `${grade}${why}; ${load.waiting} waiting, ${load.dead} dead letters` }
  })
}

export function workersPart({ database, config }: House): Promise<Part> {
  return partOf('workers', 'Start `consign worker`, or `consign start` which does the jobs too', async () => {
    const { db } = database
    const [load, workers] = await Promise.all([
      readLoad(db, kindNames, config.workerSilentSeconds),
      listWorkers(db, config.workerSilentSeconds),
    ])
    const { grade, reasons } = gradeOfWorkers(load)
    if (grade !== 'green') return { grade, detail: `${reasons.join(', ')}, and ${load.waiting} jobs wait` }
    const silent = workers.filter(({ is_silent: isSilent }) => isSilent).map(({ host, pid }) => `${host}:${pid}`)
    if (silent.length > 0)
      return amber(
        `${load.workersAlive} at work; silent: ${silent.join(', ')}`,
        'See "worker_silent" in docs/runbook.md',
      )
    return green(`${load.workersAlive} at work`)
  })
}

export function schedulesPart({ database, config }: House): Promise<Part> {
  return partOf(
    'schedules',
    'See `consign schedule list`, and `consign queue view --dead` for the reason',
    async () => {
      const states = await readScheduleStates(database.db, await readSchedulesOf({ config, database }), new Date())
      const late = states.filter(({ state }) => state === 'late').map(({ name }) => name)
      const failed = states.filter(({ state }) => state === 'failed').map(({ name }) => name)
      const paused = states.filter(({ state }) => state === 'paused').map(({ name }) => name)
      const said = [
        late.length > 0 ? `stands still: ${late.join(', ')}` : '',
        failed.length > 0 ? `failed last time: ${failed.join(', ')}` : '',
        paused.length > 0 ? `paused: ${paused.join(', ')}` : '',
      ].filter((one) => one !== '')
      const detail = [`${states.length} schedules`, ...said].join('; ')
      return late.length + failed.length > 0 ? amber(detail) : green(detail)
    },
  )
}
