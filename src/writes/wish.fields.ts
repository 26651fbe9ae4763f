/** Whether a wish says what is to change, beside why, and whether it is only tried. */
export function saysMore(wish: object): boolean {
  return Object.keys(wish).some((field) => field !== 'reason' && field !== 'dryRun')
}
