import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { delegable, startSet, type Grant } from './roles.rules.ts'

type Row = { role: string; outletId: string | null; changed: string[] | null; isDelegated: boolean }

/** What somebody is, also in the place of others who are away; undefined when he was never given a role. */
export async function findGrants(db: Db, actor: string): Promise<Grant[] | undefined> {
  const { rows } = await sql<{ grants: Row[] }>`
    select coalesce(json_agg(json_build_object('role', g.role, 'outletId', g.outlet_id, 'changed', c.rights,
      'isDelegated', g.is_delegated)) filter (where g.role is not null), '[]') as grants
    from role_holder h
    left join lateral (
      select role, outlet_id, false as is_delegated from role_grant where actor = h.actor
      union all
      select o.role, o.outlet_id, true from approval_delegation d join role_grant o on o.actor = d.from_actor
        where d.to_actor = h.actor and d.starts_at <= now() and d.ends_at > now()
    ) g on true
    left join role_change c on c.role = g.role
    where h.actor = ${actor}
    group by h.actor`.execute(db)
  return rows[0]?.grants.map(grantOf)
}

function grantOf({ role, outletId, changed, isDelegated }: Row): Grant {
  const rights: readonly string[] = changed ?? startSet[role]?.rights ?? []
  if (!isDelegated) return { role, outletId, rights }
  return {
    role,
    outletId,
    rights: rights.includes('*') ? delegable : rights.filter((right) => delegable.includes(right)),
  }
}
