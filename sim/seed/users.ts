import { kept, present, type Ground, type Source } from './ground.ts'
import { daysBefore, stamp } from './time.ts'
import { firstNames, lastNames } from './words.ts'

const roles = {
  admin: { index: 0, name: 'Admin', permissions: ['user.add_edit', 'user.view', 'product.add_edit', 'register.close'] },
  manager: { index: 1, name: 'Manager', permissions: ['user.view', 'product.add_edit', 'register.close'] },
  cashier: { index: 2, name: 'Cashier', permissions: ['sale.add'] },
}

/** The primary administrator first; the last one is deleted. */
export function users(ground: Ground): Source {
  const count = ground.sizes.users
  return kept(ground, 'users', count, (index) => user(ground, index, index === count - 1))
}

function user(ground: Ground, index: number, gone: boolean): { [field: string]: unknown; id: string } {
  const dice = ground.dice('users', index)
  const [first, last] = [dice.pick(firstNames), dice.pick(lastNames)]
  const username = `${plain(first)}.${plain(last)}${index + 1}`
  const type = index === 0 ? 'admin' : dice.chance(0.15) ? 'manager' : 'cashier'
  const role = roles[type]
  const outlet = index === 0 || dice.chance(0.2) ? undefined : ground.id('outlets', dice.below(ground.sizes.outlets))
  const time = ground.time('users', index)
  return present({
    id: ground.id('users', index),
    username,
    display_name: `${first} ${last}`,
    email: `${username}@shop.example`,
    email_verified_at: dice.chance(0.7) ? stamp(daysBefore(time, 30)) : null,
    switch_id: dice.chance(0.3) ? `usi:${ground.id('users', index).slice(0, 8)}` : undefined,
    account_type: type,
    roles: [{ id: String(100 + role.index), name: role.name, system_role_id: String(100 + role.index) }],
    enabled: !gone,
    restricted_outlet_id: outlet ?? null,
    restricted_outlet_ids: outlet === undefined ? [] : [outlet],
    permissions: role.permissions,
    rules: {},
    is_primary_user: index === 0,
    ...picture(ground.id('users', index)),
    ...targets(type === 'cashier' ? dice.between(5, 30) * 100 : undefined),
    seen_at: stamp(time),
    created_at: stamp(daysBefore(time, dice.between(20, 900))),
    updated_at: stamp(time),
    deleted_at: gone ? stamp(time) : null,
    time_until_deletion: null,
    enabled_mfa: type === 'admin' ? true : null,
    require_password_change: false,
  })
}

function picture(id: string): { [field: string]: unknown } {
  const of = (size: string) => `https://images.example/user/${size}/${id}.jpg`
  const sizes = ['ss', 'standard', 'st', 'original', 'thumb', 'sl', 'sm']
  return { image_source: of('ss'), images: Object.fromEntries(sizes.map((size) => [size, of(size)])) }
}

const targets = (daily: number | undefined): { [field: string]: unknown } =>
  daily === undefined ? {} : { target_daily: daily, target_weekly: daily * 5, target_monthly: daily * 20 }

const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '')
