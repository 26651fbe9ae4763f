import { misuse, text, type Option } from '../options.ts'

/** An option that takes a JSON object. */
export function jsonObject(help: string): Option<string | undefined> {
  return text('<json>', help, (given) => (readObject(given) ? undefined : 'give a JSON object, such as \'{"id":"1"}\''))
}

/** What such an option says. Throws a Refusal for anything else. */
export function objectIn(given: string): Record<string, JsonValue> {
  return readObject(given) ?? refuse()
}

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

function readObject(given: string): Record<string, JsonValue> | undefined {
  try {
    const value: JsonValue = JSON.parse(given)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function refuse(): never {
  throw misuse('give a JSON object')
}
