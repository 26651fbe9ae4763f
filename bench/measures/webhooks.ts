import { z } from 'zod'
import { openChild, type Child } from '../child.ts'
import { median, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'
import { quietly, type Rounds } from '../quiet.ts'
import { secret, writeRequests } from '../webhooks/letters.ts'
import { sendAll, sendEvenly } from '../webhooks/sending.ts'

type Run = { perSecond: number; cpuMicroseconds: number }
type Round = { ours: Run; bare: Run }

const opened = z.object({ port: z.int() })
const spent = z.object({ cpuSeconds: z.number() })
const connections = 128

/** Signed webhooks through the real door, against a bare route that makes one INSERT on the same stack, in turn. */
export async function measureWebhooks(server: BenchServer, { rounds, letters }: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', 20))
  await using database = await server.freshDatabase()
  const env = {
    DATABASE_URL: database.url,
    LIGHTSPEED_BASE_URL: pages.url,
    LIGHTSPEED_TOKEN: 'bench',
    LS_WEBHOOK_SECRET: secret,
    PORT: '0',
    SYNC_EVERY_SECONDS: '0',
  }
  const played = await race(server, env, { rounds, letters })
  await using whole = await openChild({ file: 'webhooks/our-door.ts', env })
  await waitsOf(whole)
  const waits = await quietly(server, rounds, () => waitsOf(whole))
  return [raceFigure(played), waitFigure(waits)]
}

async function race(server: BenchServer, env: Record<string, string>, size: { rounds: number; letters: number }) {
  await using ours = await openChild({ file: 'webhooks/our-door.ts', env: { ...env, WORKS: 'no' } })
  await using bare = await openChild({ file: 'webhooks/bare-door.ts', env })
  const round = async (): Promise<Round> => ({
    ours: await send(server, ours, size.letters),
    bare: await send(server, bare, size.letters),
  })
  await round()
  return await quietly(server, size.rounds, round)
}

async function send(server: BenchServer, door: Child, letters: number): Promise<Run> {
  const { port } = opened.parse(door.first)
  const requests = writeRequests(letters)
  const [databaseBefore, before] = [server.cpuSeconds(), await door.ask({}, spent)]
  const ms = await sendAll(port, requests, connections)
  const after = await door.ask({}, spent)
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds + server.cpuSeconds() - databaseBefore
  return { perSecond: letters / (ms / 1000), cpuMicroseconds: (cpuSeconds * 1e6) / letters }
}

function raceFigure({ rounds, foreign }: Rounds<Round>): Figure {
  const ratios = rounds.map(({ ours, bare }) => ours.perSecond / bare.perSecond)
  const of = (number: (round: Round) => number) => Math.round(median(rounds.map(number)))
  const speeds = `${of(({ ours }) => ours.perSecond)} a second against ${of(({ bare }) => bare.perSecond)}`
  const cpu = `CPU ${of(({ ours }) => ours.cpuMicroseconds)} µs each against ${of(({ bare }) => bare.cpuMicroseconds)}`
  return {
    what: 'webhooks accepted, signed and durable with their jobs, against a bare route that makes one INSERT',
    ratio: median(ratios),
    limit: 'floor 0.7',
    detail: `${speeds}; ${cpu}; rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}; ${foreign}`,
  }
}

const evenly = { aSecond: 300, letters: 1_200 }
const longestMs = 50

type Waits = { p50: number; p99: number }

async function waitsOf(door: Child): Promise<Waits> {
  const { port } = opened.parse(door.first)
  const waits = await sendEvenly(port, writeRequests(evenly.letters), evenly.aSecond)
  const p = (share: number) => waits.toSorted((one, other) => one - other)[Math.floor(waits.length * share)] ?? Infinity
  return { p50: p(0.5), p99: p(0.99) }
}

function waitFigure({ rounds, foreign }: Rounds<Waits>): Figure {
  const p99 = median(rounds.map((waits) => waits.p99))
  const p50 = median(rounds.map((waits) => waits.p50))
  return {
    what: `… until it is answered, p99 at ${evenly.aSecond} a second, while a worker in the same process does them`,
    ratio: p99 / longestMs,
    limit: `under 1.0 (${longestMs} ms)`,
    detail: `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms; rounds ${rounds.map((waits) => waits.p99.toFixed(1)).join(', ')}; ${foreign}`,
  }
}
