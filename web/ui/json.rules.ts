const openers = new Set(['{', '['])
const closers = new Set(['}', ']'])
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+|"/gs

/**
 * Lays JSON text out in lines without reading it: no digit of a number changes, and text that is not JSON after all
 * stays readable too.
 */
export function layOut(json: string): string {
  const laid: string[] = []
  let depth = 0
  let before = ''
  for (const [token] of json.matchAll(tokens)) {
    const closes = closers.has(token)
    const opened = openers.has(before)
    if (closes) depth = Math.max(0, depth - 1)
    if (before === ',' || opened !== closes) laid.push(`\n${'  '.repeat(depth)}`)
    laid.push(token === ':' ? ': ' : token)
    if (openers.has(token)) depth++
    before = token
  }
  return laid.join('')
}
