import { test } from 'node:test'
import { promisesOfOrders } from './promises-of-orders.ts'
import { promisesOfJobs } from './promises.ts'
import { openBench, type OpenQueue } from './queue-bench.ts'

/** Every promise of the port (src/jobs/port.ts), as stories: a queue that keeps them can carry Consign. */
export function conforms(open: OpenQueue) {
  for (const [promise, tell] of Object.entries({ ...promisesOfJobs, ...promisesOfOrders }))
    test(promise, async () => {
      await using bench = await openBench(open)
      await tell(bench)
    })
}
