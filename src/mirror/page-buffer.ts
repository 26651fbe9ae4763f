/**
 * Between the fetching of pages and their storing: the fetcher runs ahead while the last pages are stored, up to a
 * bound that keeps memory flat, and the storer takes all that has come, so batches grow when the database is the slower.
 */
export class PageBuffer<Page> {
  readonly #capacity: number
  readonly #sizeOf: (page: Page) => number
  #pages: Page[] = []
  #size = 0
  #ended: { error?: unknown } | undefined
  #changed = Promise.withResolvers<void>()

  constructor(capacity: number, sizeOf: (page: Page) => number) {
    this.#capacity = capacity
    this.#sizeOf = sizeOf
  }

  /** Waits while the buffer is full; a page larger than the buffer may come in when it is empty. */
  async put(page: Page) {
    while (!this.#ended && this.#size > 0 && this.#size + this.#sizeOf(page) > this.#capacity)
      await this.#changed.promise
    if (this.#ended) throw this.#ended.error ?? new Error('The buffer was closed')
    this.#pages.push(page)
    this.#size += this.#sizeOf(page)
    this.#notify()
  }

  /** All pages that have come since; empty when the last was taken. Throws what the buffer was ended with. */
  async take(): Promise<Page[]> {
    while (this.#pages.length === 0 && !this.#ended) await this.#changed.promise
    if (this.#pages.length === 0 && this.#ended?.error !== undefined) throw this.#ended.error
    const taken = this.#pages
    this.#pages = []
    this.#size = 0
    this.#notify()
    return taken
  }

  /** No more pages come. With an error, the pages so far are still handed out first. */
  end(error?: unknown) {
    this.#ended ??= error === undefined ? {} : { error }
    this.#notify()
  }

  #notify() {
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers<void>()
    resolve()
  }
}
