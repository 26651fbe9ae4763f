import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseResponse } from 'hono/client'
import { thumbnailEdges } from '#src/evidence/photos.rules.ts'
import { command } from '../command.ts'
import { misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'

const edges = thumbnailEdges.map(String)

export default command({
  group: 'moving',
  summary: 'Save a photo or signature as a file',
  details: 'Overwrites nothing. A small picture is a WebP, upright.',
  args: { id: 'Its id, as `consign evidence list` shows it' },
  options: {
    to: text('<file>', 'Where to; a name of its own in this folder'),
    small: text('<edge>', `A small picture, its longest edge ${edges.join(' or ')} pixels`, oneOf(edges)),
  },
  examples: [['evidence get 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --to box.jpg', 'For a letter to the supplier']],
  async run({ args: { id }, options: { to, small }, api, out }) {
    const one = api.api.v1.evidence[':id']
    const param = { id }
    const answer = await (small === undefined
      ? one.$get({ param })
      : one.thumbnail.$get({ param, query: { edge: small } }))
    if (!answer.ok || !answer.body) throw await refusalIn(answer)
    const named = /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
    const file = to ?? named ?? `evidence-${id}`
    await pipeline(answer.body, createWriteStream(file, { flags: 'wx' })).catch((error: unknown) => {
      throw isThere(error)
        ? misuse(`${file} is there already, and is not overwritten: give another name with --to`)
        : error
    })
    out.result({ id, file, mediaType: answer.headers.get('content-type') }, () => `Saved as ${file}`)
  },
})

/** What was said instead of a file. */
async function refusalIn(answer: Parameters<typeof parseResponse>[0]) {
  await parseResponse(answer)
  return new Error('The answer has no file')
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
