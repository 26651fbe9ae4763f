import { asGtin14, isGtin, itemInCase, sameNumber } from './gtin.rules.ts'
import { readBracketed, readElements, separator, type Element, type Elements } from './gs1.rules.ts'

/** What a scanner or a person gave, taken apart. */
export type Barcode = {
  /** As it came, without the symbology identifier. */
  text: string
  /** Fourteen digits; null when it is no GTIN, or one whose check digit does not fit. */
  gtin: string | null
  /** The elements of a GS1 label; empty for a plain code. */
  elements: Element[]
  /** How many of the GTIN the label says there are: (37) or (30). */
  count: number | null
  /** The number of a pallet or carton as such: (00). */
  sscc: string | null
  /** Net weight, of (310n), as a decimal. */
  weightKg: string | null
  /** Why a GS1 label could not be read; null when it could, or is none. */
  wrong: string | null
}

const gs1Symbologies = new Set(['C1', 'e0', 'd2', 'Q3', 'J1'])

/** Takes apart what was scanned: a plain code, a GTIN of any length, or a GS1 label with or without its identifier. */
export function readBarcode(given: string): Barcode {
  const [, symbology, behind] = /^\]([A-Za-z]\d)(.+)$/s.exec(given.trim()) ?? []
  const text = behind ?? given.trim()
  const read = readAsLabel(text, symbology !== undefined && gs1Symbologies.has(symbology))
  if (read === undefined) return plain(text, null)
  return 'wrong' in read ? plain(text, read.wrong) : labelled(text, read.elements)
}

/** Undefined when nothing says that it is a GS1 label. */
function readAsLabel(text: string, isGs1: boolean): Elements | undefined {
  if (/^\(\d{2,4}\)/.test(text)) return readBracketed(text)
  if (isGs1 || text.includes(separator)) return readElements(text)
  if (!/^(00|01|02)\d{14}/.test(text)) return undefined
  const guessed = readElements(text)
  return 'elements' in guessed ? guessed : undefined
}

function plain(text: string, wrong: string | null): Barcode {
  const gtin = isGtin(text) ? asGtin14(text) : null
  return { text, gtin, elements: [], count: null, sscc: null, weightKg: null, wrong }
}

function labelled(text: string, elements: Element[]): Barcode {
  const of = (...ais: string[]) => elements.find(({ ai }) => ais.includes(ai))?.value
  const counted = of('37', '30')
  const weight = elements.find(({ ai }) => /^310\d$/.test(ai))
  return {
    text,
    gtin: of('01') ?? of('02') ?? null,
    elements,
    count: counted === undefined ? null : Number(counted),
    sscc: of('00') ?? null,
    weightKg: weight ? withPlaces(weight.value, Number(weight.ai.slice(3))) : null,
    wrong: null,
  }
}

function withPlaces(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, '0')
  const whole = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, '')
  return places === 0 ? whole : `${whole}.${padded.slice(-places)}`
}

/** What one code is kept under and taught as: the GTIN on a label, since lots and dates differ from box to box. */
export function subjectOf({ text, gtin, elements }: Barcode): string {
  return elements.length > 0 && gtin !== null ? gtin : text
}

/** Every code to look for, and the single item of a case, which is the second choice. */
export function codesToFind(barcode: Barcode): { itself: string[]; inside: string[] } {
  const subject = subjectOf(barcode)
  const inside = barcode.gtin === null ? undefined : itemInCase(barcode.gtin)
  const numbers = /^\d+$/.test(subject) ? sameNumber(shortest(subject)) : []
  return {
    itself: [...new Set([barcode.text, subject, ...numbers])],
    inside: inside === undefined ? [] : [inside, ...sameNumber(shortest(inside))],
  }
}

/** Without the zeros that only fill up to fourteen or thirteen digits. */
function shortest(digits: string): string {
  return /^0{6}\d{8}$/.test(digits) ? digits.slice(6) : digits.replace(/^0{1,2}(?=\d{12}$)/, '')
}
