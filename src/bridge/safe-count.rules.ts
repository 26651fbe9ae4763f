/**
 * That a count may be completed in Lightspeed, which sets every product that was not counted to zero and takes nothing
 * back. It cannot be made but from the three facts that make it safe.
 */
export class SafeCount {
  readonly #facts: SafetyFacts

  private constructor(facts: SafetyFacts) {
    this.#facts = facts
  }

  /** Undefined as long as one of the facts is missing. */
  static of(facts: SafetyFacts): SafeCount | undefined {
    const { frozenAt, undecidedLines, acceptedBy } = facts
    return frozenAt !== null && undecidedLines === 0 && acceptedBy !== null ? new SafeCount(facts) : undefined
  }

  get facts(): SafetyFacts {
    return this.#facts
  }
}

export type SafetyFacts = {
  /** When the set of products was frozen. */
  frozenAt: Date | null
  /** Lines that nobody counted and nobody decided about. */
  undecidedLines: number
  /** Who saw the simulated result and accepted it. */
  acceptedBy: string | null
}
