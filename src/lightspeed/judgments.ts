/**
 * What the published documentation of Lightspeed leaves open, decided here by name, so that a finding at a real shop is
 * one line to change.
 */
export const judgments = {
  /** JUDGMENT: a changed line may leave its consignment's version alone; so lines of unfinished ones are read again. */
  unfinishedConsignments: [
    'OPEN',
    'SENT',
    'DISPATCHED',
    'STOCKTAKE',
    'STOCKTAKE_SCHEDULED',
    'STOCKTAKE_IN_PROGRESS',
    'STOCKTAKE_IN_PROGRESS_PROCESSED',
  ],
  /** JUDGMENT: how long the lines of a finished one may still be processed after its last change, by Lightspeed's clock. */
  linesSettleWithinSeconds: 3600,
  /** JUDGMENT: how old such a reading may grow. Each unfinished consignment costs one request in this time. */
  rereadUnfinishedAfterSeconds: 300,
  /** JUDGMENT: `payments_summary` speaks of the closure that is open now; a closed register's says nothing new. */
  rereadOpenRegistersAfterSeconds: 300,
}
