/** The check digit that follows the digits of a GTIN (EAN-13, UPC-A, ITF-14): weights 3 and 1 from the right. */
export function checkDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    sum += Number(digits.charAt(digits.length - 1 - at)) * (at % 2 === 0 ? 3 : 1)
  }
  return String((10 - (sum % 10)) % 10)
}

const checked = (digits: string): string => digits + checkDigit(digits)

/** 13 digits with the prefix of New Zealand. */
export const ean13 = (number: number): string => checked(`94${String(number).padStart(10, '0').slice(-10)}`)

/** 12 digits. */
export const upcA = (number: number): string => checked(`0${String(number).padStart(10, '0').slice(-10)}`)

/** The 14 digits of a case that holds what the EAN-13 names. */
export const itf14 = (ean: string, indicator: number): string => checked(`${indicator}${ean.slice(0, 12)}`)
