import { createServer, type ServerResponse } from 'node:http'
import { readScale } from '#sim/scale.ts'
import { openSeed } from '#sim/seed/seed.ts'

/** What a page server holds: so many rows of a collection of the simulated retailer; every other collection is empty. */
export type Shelf = { collection: 'inventory' | 'sales'; scale: string; rows: number }

type Ready = { bytes: Buffer; ends: number[]; versions: number[] }

const plenty = { 'x-ratelimit-limit': '900000', 'x-ratelimit-remaining': '800000' }

/** Serves pages whose JSON was written beforehand, so that a measurement measures the reader. */
function serve(shelf: Shelf) {
  const ready = prepare(shelf)
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://pages')
    const isOurs = pathname === `/api/2.0/${shelf.collection}`
    const asked = { after: Number(searchParams.get('after')), size: Number(searchParams.get('page_size')) }
    sendPage(response, isOurs ? ready : nothing, asked)
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ port: typeof address === 'object' ? address?.port : undefined, bytes: ready.bytes.byteLength })
  })
  process.on('message', () => process.send?.({ requests }))
  process.once('disconnect', () => process.exit(0))
}

const nothing: Ready = { bytes: Buffer.alloc(0), ends: [], versions: [] }

function sendPage(response: ServerResponse, { bytes, ends, versions }: Ready, asked: { after: number; size: number }) {
  const first = firstAbove(versions, asked.after)
  const last = Math.min(first + asked.size, ends.length) - 1
  const body =
    last < first ? bytes.subarray(0, 0) : bytes.subarray(first === 0 ? 0 : (ends[first - 1] ?? 0) + 1, ends[last])
  const head = Buffer.from('{"data":[')
  const tail = Buffer.from(`],"version":{"min":${versions[first] ?? null},"max":${versions[last] ?? null}}}`)
  const length = head.byteLength + body.byteLength + tail.byteLength
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length, ...plenty })
  response.cork()
  response.write(head)
  response.write(body)
  response.end(tail)
}

/** All rows in one buffer, with commas between, so that any page of any size is a slice of it. */
function prepare({ collection, scale, rows }: Shelf): Ready {
  const seed = openSeed(1, readScale(scale))
  const count = Math.min(rows, seed.count(collection))
  const chunks: Buffer[] = []
  const ready: Ready = { bytes: nothing.bytes, ends: [], versions: [] }
  let end = -1
  for (let index = 0; index < count; index++) {
    const row = seed.row(collection, index)
    const json = Buffer.from(`${JSON.stringify(row)},`)
    chunks.push(json)
    end += json.byteLength
    ready.ends.push(end)
    ready.versions.push(row.version)
  }
  return { ...ready, bytes: Buffer.concat(chunks) }
}

function firstAbove(versions: number[], after: number): number {
  let [low, high] = [0, versions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((versions[middle] ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}

if (import.meta.main) serve(JSON.parse(process.argv[2] ?? ''))
