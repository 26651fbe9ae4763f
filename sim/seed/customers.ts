import { present, type Ground, type Source } from './ground.ts'
import { allCustomers } from './money.ts'
import { daysBefore, stamp } from './time.ts'
import { firstNames, lastNames, streets, towns } from './words.ts'

export function customers(ground: Ground): Source {
  return {
    count: ground.sizes.customers,
    row: (index) => {
      const time = ground.time('customers', index)
      const dice = ground.dice('customers', index)
      return present({
        id: ground.id('customers', index),
        ...person(ground, index),
        ...account(ground, index),
        ...(dice.chance(0.3) ? address(ground, index) : {}),
        note: dice.chance(0.05) ? 'Prefers to be called before delivery' : dice.chance(0.3) ? '' : undefined,
        custom_field_1: dice.chance(0.08) ? `Card ${dice.between(1000, 9999)}` : undefined,
        created_at: stamp(daysBefore(time, dice.between(1, 1400))),
        updated_at: stamp(time),
        deleted_at: index % 61 === 17 ? stamp(time) : undefined,
        version: ground.version('customers', index),
      })
    },
  }
}

function person(ground: Ground, index: number): { [field: string]: unknown } {
  const dice = ground.dice('customers', index, 1)
  const code = (index * 7919 + 46_656).toString(36).toUpperCase().slice(-5)
  if (index % 29 === 11) return { customer_code: `UNNAMED-${code}`, first_name: null, last_name: null }
  const [first, last] = [dice.pick(firstNames), dice.pick(lastNames)]
  const mailbox = `${first}.${last}${index}`
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9.]/g, '')
  return {
    customer_code: `${first}-${code}`,
    first_name: first,
    last_name: last,
    name: `${first} ${last}`,
    email: dice.chance(0.75) ? `${mailbox}@mail.example` : dice.chance(0.5) ? null : undefined,
    phone: dice.chance(0.2) ? `0${dice.between(3, 9)} 555 ${dice.between(1000, 9999)}` : undefined,
    mobile: dice.chance(0.6) ? `02${dice.between(1, 9)} 555 ${dice.between(100, 9999)}` : undefined,
    gender: dice.chance(0.3) ? dice.pick(['F', 'M']) : undefined,
    date_of_birth: dice.chance(0.2)
      ? `${dice.between(1940, 2006)}-0${dice.between(1, 9)}-${dice.between(10, 28)}`
      : undefined,
    company_name: dice.chance(0.06) ? `${last} & Partners` : undefined,
  }
}

function account(ground: Ground, index: number): { [field: string]: unknown } {
  const dice = ground.dice('customers', index, 2)
  const groups = Math.max(2, ground.sizes.customerGroups) - 1
  const onAccount = dice.chance(0.05)
  return {
    customer_group_id: ground.id('customer_groups', dice.chance(0.85) ? allCustomers : dice.below(groups)),
    do_not_email: dice.chance(0.2),
    enable_loyalty: dice.chance(0.7),
    year_to_date: dice.chance(0.5) ? dice.between(0, 250_000) / 100 : 0,
    balance: onAccount ? -dice.between(0, 90_000) / 100 : 0,
    loyalty_balance: dice.chance(0.4) ? dice.between(0, 12_000) / 100 : 0,
    on_account_limit: onAccount ? dice.between(1, 20) * 100 : dice.chance(0.1) ? null : undefined,
  }
}

function address(ground: Ground, index: number): { [field: string]: unknown } {
  const dice = ground.dice('customers', index, 3)
  const [city, suburb, postcode, state] = dice.pick(towns)
  const street = `${dice.between(1, 320)} ${dice.pick(streets)}`
  const physical = {
    physical_address_1: street,
    physical_suburb: suburb,
    physical_city: city,
    physical_postcode: postcode,
    physical_state: state,
    physical_country_id: 'NZ',
  }
  if (dice.chance(0.7)) return physical
  return {
    ...physical,
    postal_address_1: `PO Box ${dice.between(10, 9999)}`,
    postal_city: city,
    postal_country_id: 'NZ',
  }
}
