const naming = /track|refer|connote|waybill|label|number|consignment|shipment|order/i
const pickUp = /picked[ _.-]?up|pick[ _.-]?up|collected|in[ _.-]?transit|consignment\.sent/i
const notYet = /request|schedul|book|fail|miss|attempt|cancel/i
const longest = 100
const most = 50
const deepest = 4

/** Whether what a courier says means that the goods have left with him; a pick-up that is only booked does not. */
export function saysPickedUp(type: string, data: unknown): boolean {
  const status = typeof data === 'object' && data !== null && 'status' in data ? data.status : undefined
  return [type, status].some((word) => typeof word === 'string' && pickUp.test(word) && !notYet.test(word))
}

/** The numbers by which a courier's letter may name a document. */
export function referencesIn(data: unknown): string[] {
  return [...new Set(collect(data, '', 0))].slice(0, most)
}

function collect(value: unknown, name: string, depth: number): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).trim()
    return naming.test(name) && text !== '' && text.length <= longest ? [text] : []
  }
  if (typeof value !== 'object' || value === null || depth >= deepest) return []
  if (Array.isArray(value)) return value.flatMap((one) => collect(one, name, depth + 1))
  return Object.entries(value).flatMap(([key, one]) => collect(one, key, depth + 1))
}
