import type { Client } from './client.ts'

/** The way to the server: one that runs (CONSIGN_URL, or the one on this data folder), else the same app in this process. */
export type Door = AsyncDisposable & {
  api: Client
  /** Address of the server that was asked; null when the app runs in this process. */
  url: string | null
}
