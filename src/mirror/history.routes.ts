import { Hono } from 'hono'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { listHistoryPartitions } from './history.store.ts'
import { partitions as partitionsShape } from './rows.shapes.ts'
import { doorsOf } from '../http/describing.ts'

export const historyRoutes = new Hono<Env>().get(
  '/api/v1/history-partitions',
  doorsOf('mirror')('The months of the history of stock, oldest first, and what lies outside of all', {
    200: partitionsShape,
  }),
  async (c) => {
    must(c.var.actor, 'mirror:read')
    const partitions = await listHistoryPartitions(c.var.house.database.db)
    return c.json({ data: partitions.map((one) => Object.assign(one, { from: one.from?.toISOString() ?? null })) })
  },
)
