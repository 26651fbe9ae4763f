/** The last digit of a GTIN or SSCC, from the digits before it: weights 3, 1, 3 … from the right, modulo 10. */
export function checkDigitOf(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** Whether the last of these digits fits the others. */
export function hasTrueCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigitOf(digits.slice(0, -1)) === digits.slice(-1)
}

/** Whether this reads as a GTIN: 8, 12, 13 or 14 digits of which the last checks the others. */
export function isGtin(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text) && hasTrueCheckDigit(text)
}

/** All lengths as fourteen digits: what is shorter has zeros before it. */
export function asGtin14(gtin: string): string {
  return gtin.padStart(14, '0')
}

/** The UPC-A (12 digits) that a UPC-E (8 digits, of number system 0 or 1) stands for; undefined when it is none. */
export function expandUpcE(upcE: string): string | undefined {
  const [, system, six, check] = /^([01])(\d{6})(\d)$/.exec(upcE) ?? []
  if (system === undefined || six === undefined || check === undefined) return undefined
  const upcA = `${system}${expandSix(six)}${check}`
  return hasTrueCheckDigit(upcA) ? upcA : undefined
}

/** The last of the six says where the zeros were left out. */
function expandSix(six: string): string {
  const last = six.slice(5)
  if (last <= '2') return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`
  if (last === '3') return `${six.slice(0, 3)}00000${six.slice(3, 5)}`
  if (last === '4') return `${six.slice(0, 4)}00000${six.slice(4, 5)}`
  return `${six.slice(0, 5)}0000${last}`
}

/** The UPC-E of a UPC-A that has one; undefined when it has too few zeros. */
export function compressUpcA(upcA: string): string | undefined {
  const [, system, body, check] = /^([01])(\d{10})(\d)$/.exec(upcA) ?? []
  if (system === undefined || body === undefined || check === undefined) return undefined
  const six = sixOf(body)
  const upcE = six === undefined ? undefined : `${system}${six}${check}`
  return upcE !== undefined && expandUpcE(upcE) === upcA ? upcE : undefined
}

function sixOf(body: string): string | undefined {
  const parts = [
    /^(\d\d)([012])0000(\d{3})$/.exec(body)?.slice(1),
    /^(\d{3})00000(\d\d)$/.exec(body)?.slice(1),
    /^(\d{4})00000(\d)$/.exec(body)?.slice(1),
    /^(\d{5})0000([5-9])$/.exec(body)?.slice(1),
  ]
  const [first, second, third, fourth] = parts
  if (first) return `${first[0]}${first[2]}${first[1]}`
  if (second) return `${second.join('')}3`
  if (third) return `${third.join('')}4`
  return fourth?.join('')
}

/** The GTIN-13 of the single item in a case: what is behind the indicator (1 to 8), with its own check digit. */
export function itemInCase(gtin: string): string | undefined {
  const [, body] = /^[1-8](\d{12})\d$/.exec(gtin) ?? []
  return body === undefined ? undefined : `${body}${checkDigitOf(body)}`
}

/** Other numbers that mean the same: a UPC-E and its UPC-A. (That lengths differ by zeros is settled by the key.) */
export function sameNumber(digits: string): string[] {
  const upcA = asGtin14(digits).startsWith('00') ? asGtin14(digits).slice(2) : undefined
  const forms = [digits.length === 8 ? expandUpcE(digits) : undefined, upcA ? compressUpcA(upcA) : undefined]
  return forms.filter((form) => form !== undefined && form !== digits).flatMap((form) => form ?? [])
}
