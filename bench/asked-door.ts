import { z } from 'zod'
import { openChild } from './child.ts'

const token = 'the-administrator-of-the-bench'
const opened = z.object({ port: z.int() })

/** Consign without workers in a process of its own, asked over HTTP. */
export async function openAskedDoor({ databaseUrl, pagesUrl }: { databaseUrl: string; pagesUrl: string }) {
  const child = await openChild({
    file: 'webhooks/our-door.ts',
    env: {
      DATABASE_URL: databaseUrl,
      LIGHTSPEED_BASE_URL: pagesUrl,
      LIGHTSPEED_TOKEN: 'bench',
      CONSIGN_ADMIN_TOKEN: token,
      RATE_LIMIT_TOKEN: '1000000',
      PORT: '0',
      SYNC_EVERY_SECONDS: '0',
      WORKS: 'no',
    },
  })
  const root = `http://127.0.0.1:${opened.parse(child.first).port}/api/v1/`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  /** A POST of what is sent, else a GET; throws where it is refused. */
  const ask = async (path: string, sent?: object): Promise<unknown> => {
    const how = sent === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(sent) }
    const answer = await fetch(`${root}${path}`, how)
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  return { ask, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

export type Ask = (path: string, sent?: object) => Promise<unknown>
