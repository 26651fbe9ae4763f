import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { judgments } from '#sim/judgments.ts'
import { commandNames } from '#cli/registry.ts'
import { trackedFiles } from './tracked-files.ts'

const root = join(import.meta.dirname, '..')
const files = new Map(trackedFiles().map(({ path, text }) => [path, text]))

test('the two commands of the README are the ones that are run for every change', () => {
  assert.match(read('README.md'), /npm ci && npm start/)
  assert.match(read('README.md'), /npm ci && npm test/)
  assert.match(read('.ci/run'), /^npm ci && npm test$/m)
})

test('every setting stands in the example and in the papers', () => {
  const names = all(read('src/config.ts'), /^ {2}([A-Z][A-Z_]+): /gm)
  assert.ok(names.length > 10)
  for (const paper of ['.env.example', 'docs/operating.md']) assert.deepEqual(missingIn(read(paper), names), [], paper)
})

test('whoever is refused finds the code and its cure in the runbook', () => {
  const ours = [...files].filter(([path]) => /^(src|cli)\/.*(?<!\.test)\.ts$/.test(path))
  const codes = ours.flatMap(([, text]) =>
    all(text, /(?:new Refusal\(\s*'\w+',|\brefusal\(|\bproblem\(\d+,)\s*'(\w+)'/g),
  )
  assert.ok(codes.length > 20)
  assert.deepEqual(missingIn(read('docs/runbook.md'), codes), [])
})

test('every failure of Lightspeed stands in the runbook', () => {
  const kinds = all(read('src/lightspeed/errors.rules.ts'), /^ {2}\| '(\w+)'/gm)
  assert.ok(kinds.length > 8)
  const codes = kinds.map((kind) => `lightspeed_${kind}`)
  assert.deepEqual(missingIn(read('docs/runbook.md'), codes), [])
})

test('every command stands in the papers', () => {
  const shown = commandNames.filter((name) => name !== 'completion candidates')
  const papers = read('docs/operating.md')
  assert.deepEqual(
    shown.filter((name) => !papers.includes(`consign ${name}`)),
    [],
  )
})

test('every judgment of the simulator is told, with what it decides', () => {
  const paper = read('docs/simulator.md')
  const rows = Object.entries(judgments).map(([name, value]) => `| \`${name}\` | \`${value}\` |`)
  assert.deepEqual(
    rows.filter((row) => !paper.includes(row)),
    [],
  )
})

test('no link in the papers leads nowhere', () => {
  const papers = [...files].filter(([path]) => path.endsWith('.md'))
  const links = papers.flatMap(([path, text]) => all(text, /\]\(([^)\s]+)\)/g).map((link) => ({ path, link })))
  const broken = links.filter(({ path, link }) => !/^https?:/.test(link) && !leadsSomewhere(path, link))
  assert.deepEqual(broken, [])
})

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#')
  const target = file === '' ? from : join(dirname(from), file)
  if (heading === undefined) return existsSync(join(root, target))
  const headings = all(files.get(target) ?? '', /^#+ (.+)$/gm)
  return headings.some((title) => anchorOf(title) === heading)
}

/** As code hosts make them from a heading. */
function anchorOf(title: string): string {
  const words = title.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '')
  return words.trim().replaceAll(' ', '-')
}

function missingIn(paper: string, names: readonly string[]): string[] {
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(paper))
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name))]
}

function read(path: string): string {
  return files.get(path) ?? assert.fail(`${path} is missing`)
}
