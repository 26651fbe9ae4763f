import { hc } from 'hono/client'
import type { Api } from '#src/http/app.ts'

export type Client = ReturnType<typeof hc<Api>>
