import type { Description, Operation } from './description.ts'
import { isJson, rowsIn, textIn, type Answer, type Json, type Shop } from './shop.ts'

export type Swept = { served: string[]; notServed: string[] }

/** Reads whatever the description says can be read: every list in several ways, single records of each. */
export async function sweep(shop: Shop, { operations }: Description): Promise<Swept> {
  const swept: Swept = { served: [], notServed: [] }
  for (const { path } of operations.filter(({ method }) => method === 'GET')) {
    const answers = await readAll(shop, path)
    const served = answers.some((answer) => !isUnserved(answer))
    swept[served ? 'served' : 'notServed'].push(path)
  }
  return swept
}

/** The simulator's word for a path that it does not have. */
export const isUnserved = ({ status, body }: Answer): boolean =>
  status === 404 && isJson(body) && textIn(body, 'message').startsWith('Nothing answers')

const most = Number.MAX_SAFE_INTEGER
const ways = ['', '?page_size=200', '?deleted=true&page_size=200', `?after=${most}`]
const searches = ['products', 'sales', 'customers'].map((type) => `?type=${type}&page_size=50`)

async function readAll(shop: Shop, path: string): Promise<Answer[]> {
  const places = await placesOf(shop, path)
  const queries = path === '/search' ? searches : path.endsWith('}') ? [''] : ways
  const answers: Answer[] = []
  for (const place of places) for (const query of queries) answers.push(await shop.get(place + query))
  return answers
}

const mostIds = 25

/** The paths that a template stands for: with ids of the list before the parameter. */
async function placesOf(shop: Shop, path: string): Promise<string[]> {
  const parameter = /\{[^}]+\}/.exec(path)
  if (!parameter) return [path]
  const before = path.slice(0, parameter.index)
  const rest = path.slice(parameter.index + parameter[0].length)
  const ids = await idsUnder(shop, before.replace(/\/$/, ''))
  return ids.map((id) => before + id + rest)
}

async function idsUnder(shop: Shop, list: string): Promise<string[]> {
  const [source, inside] = insides[list] ?? [list, (row: Json) => [row]]
  const rows = rowsIn(await shop.get(`${source}?page_size=200`)).flatMap(inside)
  const ids = rows.map((row) => textIn(row, 'id')).filter((id) => id !== '')
  const step = Math.max(1, Math.floor(ids.length / mostIds))
  const chosen = ids.filter((_, at) => at % step === 0).slice(0, mostIds)
  return chosen.length > 0 ? chosen : ['00000000-dead-11e9-beef-000000000000']
}

/** What has an address of its own but no list: it stands inside other records. */
const insides: { [list: string]: [source: string, inside: (row: Json) => Json[]] } = {
  '/product_images': ['/products', (row) => listIn(row['images'])],
  '/payments': ['/sales', (row) => listIn(row['payments'])],
}

const listIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** The operation that an answer belongs to; a literal path before one with parameters. */
export function operationOf(operations: Operation[], answer: Answer): Operation | undefined {
  const path = answer.path.replace(/\?.*$/, '')
  return operations
    .filter(({ method, path: template }) => method === answer.method && matches(template, path))
    .toSorted((one, other) => parameters(one.path) - parameters(other.path))[0]
}

const parameters = (path: string): number => path.split('{').length

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((step, at) => step.startsWith('{') || step === given[at])
}
