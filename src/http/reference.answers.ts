import { html } from 'hono/html'
import { valueInWords } from './reference.rules.ts'

type Schema = Record<string, unknown>
type Field = { name: string; schema: Schema }

/** What a door answers, status by status, with the fields of its JSON to the third step. */
export function answersOf(responses: Record<string, Schema>, schemas: Schema) {
  return Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { description, content }]) => {
      const [type, media] = Object.entries(objectIn(content))[0] ?? ['', {}]
      const fields = Number(status) < 400 ? fieldsOf(objectIn(objectIn(media)['schema']), schemas, '', 0) : []
      const head = html`<b class="s${status.charAt(0)}">${status}</b> ${words(description)} <small>${type}</small>`
      if (fields.length === 0) return html`<p class="answer">${head}</p>`
      return html`<details>
        <summary>${head}</summary>
        <ul class="fields">
          ${fields.map(({ name, schema }) => html`<li><code>${name}</code> ${valueInWords(schema)} <small>${words(schema['description'])}</small></li>`)}
        </ul>
      </details>`
    })
}

type Asking = { example: unknown; isOpen: boolean; headers: readonly string[] }

/** The request as one would type it, with the example of the description. */
export function curlLine(method: string, path: string, { example, isOpen, headers }: Asking) {
  const token = isOpen ? '' : ' -H "Authorization: Bearer $TOKEN"'
  const proofs = headers.map((name) => ` -H '${name}: …'`).join('')
  const body = example === undefined ? '' : ` -H 'Content-Type: application/json' -d '${JSON.stringify(example)}'`
  return html`<pre
    tabindex="0"
  ><code>curl${method === 'GET' ? '' : ` -X ${method}`}${token}${proofs}${body} "$CONSIGN${path}"</code></pre>`
}

const deepest = 3

function fieldsOf(given: Schema, schemas: Schema, before: string, depth: number): Field[] {
  const schema = resolved(given, schemas)
  if (schema['type'] === 'array') return fieldsOf(objectIn(schema['items']), schemas, `${before}[]`, depth)
  const either = schema['anyOf']
  if (Array.isArray(either)) {
    const first = either.map((one) => resolved(objectIn(one), schemas)).find(({ type }) => type !== 'null')
    return first && either.length < 4 ? fieldsOf(first, schemas, before, depth) : []
  }
  if (depth >= deepest) return []
  const fields: Field[] = []
  for (const [key, value] of Object.entries(objectIn(schema['properties']))) {
    const name = before === '' ? key : `${before}.${key}`
    const inner = objectIn(value)
    fields.push(
      { name, schema: { ...resolved(inner, schemas), ...inner } },
      ...fieldsOf(inner, schemas, name, depth + 1),
    )
  }
  return fields
}

function resolved(schema: Schema, schemas: Schema): Schema {
  const ref = schema['$ref']
  return typeof ref === 'string' ? objectIn(schemas[ref.split('/').at(-1) ?? '']) : schema
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('`', '') : ''
}

function objectIn(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
