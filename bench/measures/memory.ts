import { openConsign } from '../consign.ts'
import { median, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'

/** Five times the rows must not need more memory. */
export async function measureMemory(server: BenchServer, size: Size): Promise<Figure[]> {
  const few = [await peakAt(server, size.inventoryRows), await peakAt(server, size.inventoryRows)]
  const many = await peakAt(server, size.manyRows)
  return [
    {
      what: `peak memory with ${size.manyRows.toLocaleString('en')} rows against ${size.inventoryRows.toLocaleString('en')}`,
      ratio: many / median(few),
      limit: 'aim 1.0',
      detail: `${Math.round(many)} MB against ${few.map(Math.round).join(', ')} MB`,
    },
  ]
}

async function peakAt(server: BenchServer, rows: number): Promise<number> {
  await using pages = await openPages(shelfOf('inventory', rows))
  await using database = await server.freshDatabase()
  await using consign = await openConsign({ databaseUrl: database.url, origin: pages.url })
  return (await consign.sync({ entities: ['inventory'], full: false })).peakRssMb
}
