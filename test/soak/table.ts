import type { Scenario } from '#test/scenarios/scenario.ts'

export type Run = { number: number; seed: number; isKept: boolean; ms: number }

/** What the soak found, one line a scenario, and the seeds that broke a promise. */
export function tableOf(scenarios: readonly Scenario[], runs: readonly Run[]): string {
  const lines = scenarios.map(({ number, fault, promise }) => {
    const mine = runs.filter((run) => run.number === number)
    const broken = mine.filter(({ isKept }) => !isKept)
    const seeds = broken.map(({ seed }) => seed).join(', ')
    const longest = Math.max(0, ...mine.map(({ ms }) => ms)) / 1000
    return `| ${number} | ${fault} | ${promise} | ${mine.length} | ${broken.length} | ${seeds} | ${longest.toFixed(1)} |`
  })
  return [
    '| # | fault | promise | runs | broken | seeds that broke it | longest s |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}
