import { html } from 'hono/html'
import { z } from 'zod'
import { answersOf, curlLine } from './reference.answers.ts'
import { valueInWords } from './reference.rules.ts'
import { style } from './reference.style.ts'

const field = z.object({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()).default({}),
})
const body = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
})
const operation = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  tags: z.array(z.string()).default(['other']),
  parameters: z.array(field).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: body.optional(), example: z.unknown().optional() })) })
    .optional(),
  responses: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  'x-actions': z
    .record(
      z.string(),
      z.object({ summary: z.string(), example: z.unknown(), result: z.record(z.string(), z.unknown()) }),
    )
    .default({}),
  security: z.array(z.unknown()).optional(),
})
const document = z.object({
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

type Operation = z.infer<typeof operation> & { method: string; path: string }

/** The description of the API as a page to read: no script, nothing from elsewhere. */
export function referencePage(description: unknown) {
  const { info, paths, components } = document.parse(description)
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      item[method] === undefined ? [] : [{ ...operation.parse(item[method]), method: method.toUpperCase(), path }],
    ),
  )
  const groups = Map.groupBy(operations, ({ tags }) => tags[0] ?? 'other')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} ${info.version}: the HTTP API</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${contents([...groups])}
        <main>
          <h1>The HTTP API of ${info.title} <small>${info.version}</small></h1>
          ${manners()} ${[...groups].map(([tag, those]) => group(tag, those, components.schemas))}
        </main>
      </body>
    </html>`
}

const methods = ['get', 'post', 'put', 'patch', 'delete']

function contents(groups: [string, Operation[]][]) {
  return html`<nav aria-label="Contents">
    ${groups.map(
      ([tag, operations]) =>
        html`<h2><a href="#${tag}">${tag}</a></h2>
          <ul>
            ${operations.map(
              ({ operationId, method, path }) =>
                html`<li>
                  <a href="#${operationId}"><b class="${method}">${method}</b> ${path}</a>
                </li>`,
            )}
          </ul>`,
    )}
  </nav>`
}

function manners() {
  return html`<p>
      Send <code>Authorization: Bearer &lt;token&gt;</code>; <code>consign token create</code> makes one. Times are RFC
      3339 in UTC, decimals are exact strings, lists are <code>{"data": […], "next": …}</code> with an opaque
      <code>next</code>.
    </p>
    <p>
      Errors are <code>application/problem+json</code> with <code>type, title, status, detail, code, details</code>. Too
      many requests are answered with 429 and <code>Retry-After</code>. Each answer has an
      <code>x-correlation-id</code>, the one that was sent or a new one: it leads to everything that the request caused.
      The same in a form for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.
    </p>`
}

function group(tag: string, operations: Operation[], schemas: Record<string, unknown>) {
  return html`<section id="${tag}">
    <h2>${tag}</h2>
    ${operations.map((one) => article(one, schemas))}
  </section>`
}

function article(door: Operation, schemas: Record<string, unknown>) {
  const { operationId, method, path, summary, parameters, requestBody, security, responses } = door
  const { example } = requestBody?.content['application/json'] ?? {}
  const headers = parameters.filter((one) => one.in === 'header' && one.required).map(({ name }) => name)
  const { properties = {}, required = [] } = requestBody?.content['application/json']?.schema ?? {}
  const fields = Object.entries(properties).map(([name, schema]) => ({
    in: 'body',
    name,
    required: required.includes(name),
    schema,
  }))
  return html`<article id="${operationId}">
    <h3>
      <b class="${method}">${method}</b> <code>${path}</code>
      ${security?.length === 0 ? html`<small>open</small>` : ''}
    </h3>
    <p>${summary}</p>
    ${table([...parameters, ...fields])} ${curlLine(method, path, { example, isOpen: security?.length === 0, headers })}
    ${answersOf(responses, schemas)} ${actionsOf(door)}
  </article>`
}

function actionsOf({ method, path, 'x-actions': actions }: Operation) {
  return Object.entries(actions).map(
    ([action, { summary, example, result }]) =>
      html`<h4><code>${action}</code> ${summary}</h4>
        ${curlLine(method, `${path}?action=${action}`, { example, isOpen: false, headers: [] })}
        ${answersOf({ 200: { description: 'result', content: { 'application/json': { schema: result } } } }, {})}`,
  )
}

function table(fields: z.infer<typeof field>[]) {
  if (fields.length === 0) return ''
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Where</th>
        <th scope="col">What</th>
      </tr>
    </thead>
    <tbody>
      ${fields.map(
        (one) =>
          html`<tr>
            <td><code>${one.name}</code>${one.required ? html` <small>needed</small>` : ''}</td>
            <td>${one.in}</td>
            <td>
              ${valueInWords(one.schema)}${
                one.schema['default'] === undefined
                  ? ''
                  : html` <small>else ${JSON.stringify(one.schema['default'])}</small>`
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
