import { z } from 'zod'

/**
 * Names what a door tells, for the description, and holds it to the view of its action while the types are checked: a
 * field that only one of the two has, or has otherwise, does not compile.
 */
export function shapeOf<View>() {
  return <Schema extends z.ZodType<View>>(
    name: string,
    schema: Schema,
    ...agree: Agreement<View, z.output<Schema>>
  ) => {
    void agree
    return schema.meta({ ref: name })
  }
}

type Agreement<View, Shape> = [View, keyof View] extends [Shape, keyof Shape]
  ? []
  : [disagreement: 'the view tells something else than its shape']

/** What an action tells in the end. */
export type Told<Act extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Act>>

/** A list of which `next` leads on. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    next: z.string().nullable().describe('Give it as `after` to go on; null is the end'),
  })
}

export const text = z.string()
export const count = z.int()
export const uuid = z.string().meta({ format: 'uuid' })
/** RFC 3339 in UTC. */
export const time = z.string().meta({ format: 'date-time' })
