import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Budget, Standing } from './pace.rules.ts'

export type Situation = {
  standings: (Standing & { isRunning: boolean })[]
  budget: Budget | undefined
  isPaused: boolean
  /** The database's clock, by which all times here are told. */
  now: Date
}

/** How each entity stands with the looks by the clock, all in two small statements. */
export async function readSituation(
  db: Db,
  entities: readonly string[],
  { retailer, schedule }: { retailer: string; schedule: string },
): Promise<Situation> {
  const [standings, around] = await Promise.all([listStandings(db, entities), readAround(db, retailer, schedule)])
  const { limit, granted, windowEndsAt, blockedUntil, isPaused, now } = around
  const budget =
    limit === null || granted === null || windowEndsAt === null
      ? undefined
      : { limit, granted, windowEndsAt, blockedUntil }
  return { standings, budget, isPaused, now }
}

async function listStandings(db: Db, entities: readonly string[]) {
  const { rows } = await sql<Standing & { isRunning: boolean }>`
    select entity, s.last_complete_at as "readAt", p.asked_at as "askedAt", p.nudged_at as "nudgedAt",
      exists (select from sync_run r join sync_run_entity e on e.run_id = r.id
        where r.finished_at is null and e.entity = name.entity and e.finished_at is null) as "isRunning"
    from unnest(${entities}::text[]) with ordinality name (entity, place)
    left join sync_state s using (entity) left join sync_pace p using (entity) order by place`.execute(db)
  return rows
}

type Around = {
  limit: number | null
  granted: number | null
  windowEndsAt: Date | null
  blockedUntil: Date | null
  isPaused: boolean
  now: Date
}

async function readAround(db: Db, retailer: string, schedule: string): Promise<Around> {
  const { rows } = await sql<Around>`
    select request_limit as "limit", granted, window_ends_at as "windowEndsAt", blocked_until as "blockedUntil",
      exists (select from job_schedule where name = ${schedule} and paused_at is not null) as "isPaused",
      clock_timestamp() as now
    from (select) here left join lightspeed_budget on retailer = ${retailer}`.execute(db)
  const [around] = rows
  if (!around) throw new Error('PostgreSQL does not tell its time')
  return around
}

/** Looks by the clock have been asked for. */
export async function markAsked(db: Db, entities: readonly string[]) {
  await sql`
    insert into sync_pace (entity, asked_at) select entity, clock_timestamp() from unnest(${entities}::text[]) entity
    order by entity on conflict (entity) do update set asked_at = excluded.asked_at`.execute(db)
}

/**
 * A webhook said that these change. Once in a while is enough, and a row is only locked then: in a storm every webhook's
 * transaction would else wait for the one before.
 */
export async function markNudged(db: Db, entities: readonly string[]) {
  await sql`
    insert into sync_pace (entity) select entity from unnest(${entities}::text[]) entity
    where not exists (select from sync_pace p where p.entity = entity.entity) order by entity
    on conflict do nothing`.execute(db)
  await sql`
    update sync_pace set nudged_at = now() where entity in (
      select entity from sync_pace where entity = any(${entities}::text[])
        and (nudged_at is null or nudged_at < now() - interval '1 minute') order by entity for update skip locked)`.execute(
    db,
  )
}

export type Part = 'waiting' | 'begun'

/**
 * Of these entities, those of a run that is not over: `waiting` for their turn, so that they will see all that is there
 * by then, or `begun`. Runs that stop short (a limit) or begin late (`since`) do not count.
 */
export async function listUnderWay(db: Db, entities: readonly string[]): Promise<Map<string, Part>> {
  const { rows } = await sql<{ entity: string; part: Part }>`
    select entity, case when bool_or(e.state = 'queued') then 'waiting' else 'begun' end as part
    from sync_run r join sync_run_entity e on e.run_id = r.id
    where r.finished_at is null and r.row_limit is null and r.since is null and e.finished_at is null
      and e.entity = any(${entities}::text[])
    group by entity`.execute(db)
  return new Map(rows.map(({ entity, part }) => [entity, part]))
}
