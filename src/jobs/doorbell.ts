const furthestMs = 1_000

/** Wakes one who waits. A ring that nobody waited for is remembered. */
export class Doorbell {
  #hasRung = false
  #open: (() => void) | undefined

  ring = () => {
    this.#hasRung = true
    this.#open?.()
  }

  /** Rings later; a look comes soon enough by itself for what is further away. */
  ringIn = (ms: number) => {
    if (ms < furthestMs) setTimeout(this.ring, ms + 1).unref()
  }

  /** Until the next ring, or so long. */
  async wait(longestMs: number): Promise<void> {
    if (!this.#hasRung) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, longestMs)
        this.#open = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
    this.#open = undefined
    this.#hasRung = false
  }
}
