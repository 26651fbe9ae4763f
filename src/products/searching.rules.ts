/** What is asked of the database for some typed words: patterns of LIKE, in which nothing that was typed is a wildcard. */
export type Patterns = {
  words: string[]
  start: string
  codeStart: string
  /** Of a code read backwards; null for what is too short to tell. */
  codeEnd: string | null
  /** Words that are long enough to tell by what they share with others. */
  told: string[]
  /** Short words with two letters changed over: too short for what they share to tell. */
  swapped: string[]
}

/** Reads what somebody typed. At most eight words are looked for; a code is found by its start, or by three or more signs at its end. */
export function patternsOf(q: string): Patterns {
  const typed = q.trim().replaceAll(/\s+/g, ' ')
  const words = typed.split(' ').slice(0, 8).map(wordPattern)
  const code = literally(typed.toUpperCase())
  return {
    words,
    start: ` ${literally(typed)}%`,
    codeStart: `${code}%`,
    codeEnd: typed.length > 2 ? `${literally(Array.from(typed.toUpperCase()).toReversed().join(''))}%` : null,
    told: typed
      .split(' ')
      .filter((word) => word.length > 2)
      .slice(0, 8),
    swapped: typed.split(' ').slice(0, 4).flatMap(swaps),
  }
}

/** Of one or two signs there is no middle to find: such words begin like this. */
function wordPattern(word: string): string {
  return word.length > 2 ? `%${literally(word)}%` : `% ${literally(word)}%`
}

function swaps(word: string): string[] {
  if (word.length < 3 || word.length > 6) return []
  const letters = Array.from(word)
  return letters.slice(1).map((letter, at) => {
    const swapped = letters.with(at, letter).with(at + 1, letters[at] ?? '')
    return `% ${literally(swapped.join(''))}%`
  })
}

function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
