import { startWorker } from '#src/jobs/worker.ts'
import { openShop } from '#test/shop.ts'
import { storedEvents, webhookEnv } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'

/** A mirrored shop with a worker, whose webhooks the story itself sends, in whatever order. */
export async function openToldShop() {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(await openShop({ env: webhookEnv }))
  await shop.sync('products', 'inventory', 'outlets')
  const worker = await startWorker(shop.house, { slots: 4 })
  stack.defer(worker.stop)
  const closing = stack.move()
  return {
    ...shop,
    /** Until every webhook that was let in has been done. */
    settled: () => until(async () => (await storedEvents(shop)).every(({ state }) => state !== 'waiting'), 60_000),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** The same in an order that follows from chance. */
export function shuffled<One>(all: readonly One[], chance: () => number): One[] {
  return all
    .map((one) => ({ one, at: chance() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ one }) => one)
}
