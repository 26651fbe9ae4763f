import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'
import { methodNotAllowed } from './problem.ts'

type Route = { method: string; path: string }

/**
 * Refuses a path that is there with a method that it does not take (405, with `Allow`), before its words are read: a
 * `GET …/dead-letters/retries` asks for no dead letter named so. Of several paths that fit, the one with the words goes
 * before the one with a variable. `routes` is asked once, at the first request.
 */
export function onlyKnownMethods(routes: () => readonly Route[]) {
  let doors: Door[] | undefined
  return createMiddleware<Env>(async (c, next) => {
    doors ??= doorsIn(routes())
    const asked = c.req.path.split('/')
    const door = doors.find(({ steps }) => fits(steps, asked))
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    if (!door || door.methods.includes(method)) return next()
    const { methods } = door
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    return methodNotAllowed(allowed, `${c.req.path} is asked by ${methods.join(' or ')}`)
  })
}

type Door = { steps: string[]; methods: string[] }

/** Every path with its methods, words before variables. */
function doorsIn(routes: readonly Route[]): Door[] {
  const real = routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  const paths = Map.groupBy(real, ({ path }) => path)
  return [...paths]
    .map(([path, those]) => ({ steps: path.split('/'), methods: [...new Set(those.map(({ method }) => method))] }))
    .toSorted((a, b) => rankOf(a).localeCompare(rankOf(b)))
}

function rankOf({ steps }: Door): string {
  return steps.map((step) => (step.startsWith(':') ? '1' : '0')).join('')
}

function fits(steps: string[], asked: string[]): boolean {
  return (
    steps.length === asked.length &&
    steps.every((step, place) => (step.startsWith(':') ? asked[place] !== '' : step === asked[place]))
  )
}
