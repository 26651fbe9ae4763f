/** The options that were given, as a query of the API. */
export function given(options: Record<string, string | number | undefined>): Record<string, string> {
  const there = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there.map(([name, value]) => [name, String(value)]))
}

/** Checks a word against those that there are. */
export function oneOf(known: readonly string[]) {
  return (word: string) => (known.includes(word) ? undefined : `give one of ${known.join(', ')}`)
}

/** Only if it is still this version; undefined: whichever it is. */
export function seenVersion(version: number | undefined): { headers?: { 'if-match': string } } {
  return version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }
}
