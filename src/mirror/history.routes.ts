import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { listHistoryPartitions } from './history.store.ts'

export const historyRoutes = new Hono<Env>().get(
  '/api/v1/history-partitions',
  describeRoute({
    tags: ['mirror'],
    summary: 'The months of the history of stock, oldest first, and what lies outside of all',
  }),
  async (c) => {
    must(c.var.actor, 'mirror:read')
    const partitions = await listHistoryPartitions(c.var.house.database.db)
    return c.json({ data: partitions.map((one) => Object.assign(one, { from: one.from?.toISOString() ?? null })) })
  },
)
