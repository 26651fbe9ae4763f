import type { AnswersChecked, Complaint } from './answers.ts'
import type { ExamplesChecked } from './examples.ts'
import type { Verdict } from './law.ts'

export type SpecReport = { description: string; examples: ExamplesChecked; answers: AnswersChecked }

/** Whether everything is right, or wrong for a reason that is known. */
export const isClean = ({ examples, answers }: SpecReport): boolean =>
  answers.invalid === 0 && answers.broken.length === 0 && examples.refused.every(({ because }) => because !== undefined)

/** The check of a description in words, for people. */
export function inWords({ description, examples, answers }: SpecReport): string {
  const { endpoints } = answers
  return [
    `Against the description: ${description}`,
    '',
    `Examples in it                            ${count(examples.read)} read`,
    `  of what is mirrored                     ${count(examples.mirrored)} with ${examples.records} records: ${examples.accepted} accepted, ${examples.refused.length} refused`,
    ...examples.refused.map(
      ({ where, reason, because }) => `    ${where}: ${reason}\n      ${because ?? 'UNEXPLAINED'}`,
    ),
    ...examples.unread.map(({ where, field }) => `    ${where}: ${field} came into no column`),
    ...Object.entries(examples.others).map(([kind, number]) => `  ${kind.padEnd(40)}${count(number)}`),
    '',
    `Answers of the simulator                  ${count(answers.checked)} checked`,
    `  valid                                   ${count(answers.valid)}`,
    `  description contradicts itself          ${count(answers.contradicted)}`,
    ...told(answers.complaints, true),
    `  invalid                                 ${count(answers.invalid)}`,
    ...told(answers.complaints, false),
    `without a schema to check by              ${count(sum(Object.values(answers.withoutSchema)))}`,
    ...Object.entries(answers.withoutSchema).map(([why, number]) => `  ${why.padEnd(40)}${count(number)}`),
    '',
    `Endpoints that can be read                ${count(endpoints.served.length + endpoints.notServed.length)}`,
    `  served by the simulator                 ${count(endpoints.served.length)}`,
    `  not served                              ${count(endpoints.notServed.length)}`,
    ...wrapped(endpoints.notServed, 4, 96),
    `Operations that write                     ${count(answers.writes.described)}`,
    `  done while the laws were checked        ${count(answers.writes.exercised.length)}`,
    ...answers.broken.map(({ law, why }) => `\nA law was broken meanwhile: ${law}\n  ${why ?? ''}`),
  ].join('\n')
}

const count = (number: number): string => String(number).padStart(6)
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

const told = (complaints: Complaint[], explained: boolean): string[] =>
  complaints
    .filter(({ because }) => (because !== undefined) === explained)
    .flatMap(({ operation, at, says, times, because, seenAt }) =>
      [`    ${times} × ${operation}: ${at} ${says}`].concat(
        wrapped((because ?? `UNEXPLAINED, seen at ${seenAt}`).split(' '), 6, 96),
      ),
    )

/** Words in lines of at most so many columns. */
function wrapped(words: string[], indent: number, columns: number): string[] {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  for (const word of words) {
    if (line.trim() !== '' && line.length + word.length > columns) {
      lines.push(line.trimEnd())
      line = ' '.repeat(indent)
    }
    line += `${word} `
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

/** The laws and how they stand at a shop, in words. */
export function lawsInWords(where: string, verdicts: Verdict[]): string {
  const marks = { kept: '✓', broken: '✗', 'nothing to see': '–' }
  const number = (result: Verdict['result']) => verdicts.filter((verdict) => verdict.result === result).length
  return [
    `At ${where}`,
    ...verdicts.map(({ law, result, why }) => `  ${marks[result]} ${law}${why === undefined ? '' : `\n      ${why}`}`),
    '',
    `${number('kept')} kept, ${number('broken')} broken, ${number('nothing to see')} could not be seen`,
  ].join('\n')
}
