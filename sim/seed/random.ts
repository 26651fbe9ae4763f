/** A list that has a first item. */
export type Some<Item> = readonly [Item, ...Item[]]

/** The items of a text, divided by comma and space. */
export function listed(text: string): Some<string> {
  const [first = '', ...rest] = text.split(', ')
  return [first, ...rest]
}

/** Repeatable chance for one row. */
export type Dice = {
  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<Item>(items: Some<Item>): Item
}

/** 32 well-mixed bits from three numbers; the same each time. */
export function hash(seed: number, stream: number, index: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 0x7f4a7c15, 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 15) ^ Math.imul(index + 1, 0x27d4eb2f), 0x2c1b3c6d)
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39)
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** 32 bits from a text. */
export function hashText(text: string): number {
  let bits = 0x811c9dc5
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193)
  return hash(bits, 0, 0)
}

export function dice(seed: number, stream: number, index: number): Dice {
  let state = hash(seed, stream, index)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  }
}

/** A shuffle of 0…count-1 that can be undone, without a table. */
export function shuffle(count: number): { of(index: number): number; back(place: number): number } {
  const stride = [611953, 104729, 7919, 541, 1].find((prime) => count % prime !== 0) ?? 1
  const undo = inverse(stride, count)
  return {
    of: (index) => (index * stride) % count,
    back: (place) => (place * undo) % count,
  }
}

/** The number that multiplied with `value` leaves 1 modulo `modulus`; both below 2^26. */
function inverse(value: number, modulus: number): number {
  let [rest, next, factor, nextFactor] = [modulus, value % modulus, 0, 1]
  while (next !== 0) {
    const times = Math.floor(rest / next)
    ;[rest, next] = [next, rest - times * next]
    ;[factor, nextFactor] = [nextFactor, factor - times * nextFactor]
  }
  return ((factor % modulus) + modulus) % modulus
}
