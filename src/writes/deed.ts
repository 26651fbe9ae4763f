import type { Context } from '../context.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import type { Write } from './writes.store.ts'

/** What it takes to do a wish: whose it is, the way to Lightspeed, and the wish. */
export type Desk = { context: Context; client: Lightspeed; signal: AbortSignal; write: Write }

/** Done, and read back: the record's id where it has one, and what Lightspeed says now. */
export type Done = { remoteId: string | null; result: object }

/**
 * Does a wish once, however often it is tried: it looks first at what earlier tries came to. Throws a LightspeedError
 * where Lightspeed refuses, Snooze where it is too early, GivenUp where no further try can help.
 */
export type Deed = (desk: Desk) => Promise<Done>

/** A request as it is sent; shown by a rehearsal. */
export type Request = { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: object; isOnce?: boolean }

export async function send({ client, signal }: Desk, request: Request): Promise<unknown> {
  const { body } = await client.request({ ...request, signal })
  return body
}
