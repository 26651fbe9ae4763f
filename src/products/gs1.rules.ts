import { hasTrueCheckDigit } from './gtin.rules.ts'

/** One element of a GS1 label: its application identifier and what it says. */
export type Element = { ai: string; value: string }

export type Elements = { elements: Element[] } | { wrong: string }

/** What ends an element whose length is not fixed: FNC1, as scanners send it. */
export const separator = '\u001D'

/** How many digits an application identifier has, by its first two. */
const aiLengths = new Map<string, number>([
  ...['00', '01', '02', '03', '10', '11', '12', '13', '15', '16', '17', '20', '21', '22', '30', '37'].map(lasting(2)),
  ...['90', '91', '92', '93', '94', '95', '96', '97', '98', '99'].map(lasting(2)),
  ...['23', '24', '25', '40', '41', '42', '71'].map(lasting(3)),
  ...['31', '32', '33', '34', '35', '36', '39', '43', '70', '72', '80', '81', '82'].map(lasting(4)),
])

/** What stands behind these has a known length, and needs no separator. */
const valueLengths = new Map<string, number>([
  ['00', 18],
  ...['01', '02', '03'].map(lasting(14)),
  ...['11', '12', '13', '15', '16', '17'].map(lasting(6)),
  ['20', 2],
  ...['31', '32', '33', '34', '35', '36'].map(lasting(6)),
  ['41', 13],
])

const longest = new Map<string, number>([
  ...['10', '21', '22'].map(lasting(20)),
  ...['30', '37'].map(lasting(8)),
  ...['240', '241', '400'].map(lasting(30)),
])

function lasting(length: number): (start: string) => [string, number] {
  return (start) => [start, length]
}

/** Reads an element string as a scanner sends it (GS1 General Specifications, 7.8), without its symbology identifier. */
export function readElements(text: string): Elements {
  const elements: Element[] = []
  let rest = text.startsWith(separator) ? text.slice(1) : text
  while (rest !== '') {
    const [ai, behind] = splitAi(rest)
    if (ai === undefined) return { wrong: `no application identifier begins with ${rest.slice(0, 4)}` }
    const length = valueLengths.get(ai.slice(0, 2))
    const end = length ?? (behind.includes(separator) ? behind.indexOf(separator) : behind.length)
    const element = { ai, value: behind.slice(0, end) }
    const wrong = wrongWith(element)
    if (wrong !== undefined) return { wrong }
    elements.push(element)
    const next = behind.slice(end)
    rest = next.startsWith(separator) ? next.slice(1) : next
  }
  return elements.length === 0 ? { wrong: 'the label is empty' } : { elements }
}

/** The same as people read and type it: `(01)09421902960123(10)LOT7`. */
export function readBracketed(text: string): Elements {
  const parts = [...text.matchAll(/\((\d{2,4})\)([^(]*)/g)]
  if (parts.map(([part]) => part).join('') !== text) return { wrong: 'the brackets do not match' }
  const elements = parts.map(([, ai = '', value = '']) => ({ ai, value: value.trim() }))
  for (const element of elements) {
    if (aiLengths.get(element.ai.slice(0, 2)) !== element.ai.length)
      return { wrong: `there is no application identifier ${element.ai}` }
    const wrong = wrongWith(element)
    if (wrong !== undefined) return { wrong }
  }
  return elements.length === 0 ? { wrong: 'the label is empty' } : { elements }
}

function splitAi(text: string): [string | undefined, string] {
  const length = aiLengths.get(text.slice(0, 2))
  const ai = length === undefined ? '' : text.slice(0, length)
  return length !== undefined && /^\d+$/.test(ai) && ai.length === length ? [ai, text.slice(length)] : [undefined, text]
}

function wrongWith({ ai, value }: Element): string | undefined {
  const length = valueLengths.get(ai.slice(0, 2))
  if (length !== undefined && (value.length !== length || !/^\d+$/.test(value)))
    return `(${ai}) is ${length} digits, not "${value}"`
  if (['00', '01', '02', '03'].includes(ai) && !hasTrueCheckDigit(value))
    return `(${ai}) ${value} has a check digit that does not fit`
  if (value === '') return `(${ai}) says nothing`
  if (value.length > (longest.get(ai) ?? 90)) return `(${ai}) is too long`
  if (['30', '37'].includes(ai) && !/^\d*[1-9]\d*$/.test(value)) return `(${ai}) counts one or more, not "${value}"`
  return undefined
}
