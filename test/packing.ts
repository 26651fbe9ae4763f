import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Right } from '#src/people/rights.rules.ts'
import { adminToken, type ShopOptions } from './shop.ts'
import { openOffice, type Line, tea } from './office.ts'

const itemShape = z.looseObject({ lineId: z.string(), sku: z.string().nullable(), quantity: z.string() })
const boxShape = z.looseObject({
  id: z.string(),
  number: z.number(),
  of: z.number(),
  label: z.string().nullable(),
  weightGrams: z.number(),
  weighedGrams: z.number().nullable(),
  computedGrams: z.number(),
  guessedWeights: z.number(),
  quantity: z.string(),
  items: z.array(itemShape),
})
const boxesShape = z.looseObject({ data: z.array(boxShape) })
const lockShape = z.looseObject({
  isMine: z.boolean(),
  lock: z.looseObject({ holder: z.string(), wantedBy: z.string().nullable() }).nullable(),
})
const packedShape = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), state: z.string(), quantity: z.string().nullable() })),
  box: boxShape,
  warnings: z.array(z.looseObject({ code: z.string() })),
  lines: z.array(
    z.looseObject({ sku: z.string().nullable(), origin: z.string(), planned: z.string(), packed: z.string() }),
  ),
})

export type Person = Record<string, string>
export type PackRoom = Awaited<ReturnType<typeof openPackRoom>>

const packing: Right[] = ['consignments:read', 'consignments:pack', 'consignments:send']
export const administrator: Person = { authorization: `Bearer ${adminToken}` }

/** The office, with a table to pack on. */
export async function openPackRoom(options: ShopOptions = {}) {
  const office = await openOffice(options)
  const ask = (method: string, path: string, { by = administrator, body }: { by?: Person; body?: unknown } = {}) =>
    Promise.resolve(
      office.app.request(`/api/v1/consignments/${path}`, {
        method,
        headers: { ...by, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  const lockOf = (id: string, by = administrator) => told(lockShape, ask('GET', `${id}/pack-lock`, { by }))
  return {
    ...office,
    ask,
    told,
    lockOf,
    packer: (name: string) => office.hire(name, ...packing),
    /** A transfer that this one packs now. */
    packed: async (by: Person = administrator, lines?: Line[]) => {
      const { id } = await office.transfer(lines)
      await office.walk(id, 'OPEN')
      assert.equal((await office.move(id, 'PACKING', {}, by)).status, 200)
      return id
    },
    lock: (method: string, id: string, rest = '', more: { by?: Person; body?: unknown } = {}) =>
      told(lockShape, ask(method, `${id}/pack-lock${rest}`, more)),
    box: (id: string, by: Person = administrator, body: object = {}) =>
      told(boxShape, ask('POST', `${id}/boxes`, { by, body })),
    boxes: (id: string) => told(boxesShape, ask('GET', `${id}/boxes`)),
    put: (place: string, items: readonly object[], by: Person = administrator) =>
      told(
        packedShape,
        ask('POST', `${place}/items`, { by, body: { items: items.map((item) => ({ id: randomUUID(), ...item })) } }),
      ),
    teas: (quantity: string | number = 1) => ({ productId: tea, quantity }),
    /** The packer was last seen so long ago; somebody asked so long ago. */
    passTime: (id: string, seconds: number) =>
      sql`update pack_lock set beat_at = beat_at - make_interval(secs => ${seconds}),
        wanted_at = wanted_at - make_interval(secs => ${seconds}) where consignment_id = ${id}`.execute(office.db),
    packedOf: async (id: string) =>
      Object.fromEntries((await office.show(id)).lines.map(({ sku, packed }) => [sku, packed])),
  }
}

async function told<Shape extends z.ZodType>(shape: Shape, answer: Promise<Response>) {
  const got = await answer
  const said: unknown = await got.json()
  assert.ok(got.status < 400, JSON.stringify(said))
  return shape.parse(said)
}
