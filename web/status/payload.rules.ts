/** Reads what somebody wrote as JSON, or says why it is none, in which line. */
export function readPayload(text: string): { payload: unknown } | { trouble: string } {
  try {
    const payload: unknown = JSON.parse(text)
    return { payload }
  } catch (error) {
    return {
      trouble: `This is not JSON${whereIn(text, error)}. Look for a comma, a quote or a bracket too few or too many.`,
    }
  }
}

/** Browsers tell the place by the count of characters, or by the line. */
function whereIn(text: string, error: unknown): string {
  const said = error instanceof Error ? error.message : ''
  const [, line] = /line (\d+)/.exec(said) ?? []
  if (line !== undefined) return ` (line ${line})`
  const [, place] = /position (\d+)/.exec(said) ?? []
  return place === undefined ? '' : ` (line ${text.slice(0, Number(place)).split('\n').length})`
}
