import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hc } from 'hono/client'
import {
  backUp,
  restoreBackup,
  verifyBackup,
  type BackedUp,
  type BackingUp,
  type Restored,
  type Restoring,
  type Verified,
} from '#src/backup/vault.ts'
import { readConfig, type Config } from '#src/config.ts'
import { Refusal } from '#src/kernel/refusal.ts'
import { openHouse } from '#src/main.ts'
import { entities } from '#src/mirror/tables.ts'
import { findOccupant } from '#src/ops/occupancy.ts'
import { serveHouse } from '#src/serve.ts'
import { workHouse } from '#src/work.ts'
import type { Client } from './client.ts'
import type { Api } from '#src/http/app.ts'

/** The way to the server: one that runs (CONSIGN_URL, or the one on this data folder), else the same app in this process. */
export type Door = AsyncDisposable & {
  api: Client
  /** Address of the server that was asked; null when the app runs in this process. */
  url: string | null
}

type Say = { say: (text: string) => void }

/** The only file of the command that may open the server: everything else comes in by HTTP like everyone. */
export async function openDoor({ say }: Say): Promise<Door> {
  const config = readConfig()
  const url = config.serverUrl ?? findOccupant(config.dataDir)?.url ?? null
  if (url !== null) return { api: clientOf(url, tokenOf(config)), url, [Symbol.asyncDispose]: async () => {} }
  const opened = await openHouse(config, say)
  const inProcess = async (input: string | URL | Request, init?: RequestInit) => opened.app.request(input, init)
  return {
    api: clientOf('http://consign.internal', opened.adminToken.value, inProcess),
    url: null,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

export type RunningServer = AsyncDisposable & {
  api: Client
  url: string
  lightspeed: {
    kind: 'simulator' | 'token' | 'oauth'
    origin: string | null
    state: string
    connectPath: string | null
  }
  /** Nothing has been read to the end yet. */
  firstSync: boolean
  adminTokenFile: string | null
  newAdminToken: string | null
}

/** Opens the house with its door to the network, and stays until it is disposed of. */
export async function openServer({ say, works = true }: Say & { works?: boolean }): Promise<RunningServer> {
  const served = await serveHouse(readConfig(), say, { works })
  const { opened, url } = served
  const api = clientOf(url, opened.adminToken.value)
  const status = await api.api.v1.sync.$get()
  const { entities: states } = await status.json()
  return {
    api,
    url,
    lightspeed: await opened.house.lightspeed.describe(),
    firstSync: states.filter(({ lagSeconds }) => lagSeconds !== null).length < entities.length,
    adminTokenFile: opened.adminToken.file,
    newAdminToken: opened.adminToken.isNew ? opened.adminToken.value : null,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

export type RunningWorker = AsyncDisposable & { workers: number }

/** Opens the house without a door: it does jobs until it is disposed of. */
export async function openWorker({ say, workers }: Say & { workers: number | undefined }): Promise<RunningWorker> {
  const config = readConfig()
  const settled = { ...config, workers: workers ?? config.workers }
  const working = await workHouse(settled, say)
  return { workers: settled.workers, [Symbol.asyncDispose]: () => working[Symbol.asyncDispose]() }
}

export type Vault = {
  backUp(options: BackingUp): Promise<BackedUp>
  verify(folder: string): Promise<Verified>
  restore(options: Restoring): Promise<Restored>
}

/** Backups of the database and the data folder that the settings name. */
export async function openVault(env: NodeJS.ProcessEnv = process.env): Promise<Vault> {
  const config = readConfig(env)
  return {
    backUp: (options) => backUp(config, options),
    verify: verifyBackup,
    restore: (options) => restoreBackup(config, options),
  }
}

function clientOf(url: string, token: string, fetcher?: typeof fetch): Client {
  return hc<Api>(url, { headers: { authorization: `Bearer ${token}` }, ...(fetcher ? { fetch: fetcher } : {}) })
}

function tokenOf({ adminToken, dataDir }: Config): string {
  const file = join(dataDir, 'admin-token')
  if (adminToken !== undefined) return adminToken
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Refusal(
    'not_signed_in',
    'token_missing',
    `No token: set CONSIGN_ADMIN_TOKEN to one of that server's tokens.`,
  )
}
