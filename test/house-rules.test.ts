import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trackedFiles } from './tracked-files.ts'

type Rule = {
  story: string
  why: string
  files: RegExp
  offends: RegExp
  /** What the rule must catch: a rule that catches nothing would pass forever. */
  example: string
}

const self = 'test/house-rules.test.ts'
const anyFile = /./
const code = /\.(ts|tsx|js|mjs|css|html|sql|json|ya?ml|service|sh)$/
const word = (...parts: string[]) => parts.join('')

const rules: Rule[] = [
  {
    story: 'an install asks the registry of whoever installs',
    why: 'An address in the lock file sends every install to one registry: keep `omit-lockfile-registry-resolved` and run `npm install` again',
    files: /(^|\/)package-lock\.json$/,
    offends: /"resolved":\s*"https?:/,
    example: `"resolved": "${word('https', '://packages.example/a.tgz')}"`,
  },
  {
    story: 'no file names a package registry',
    why: 'Which registry a machine uses is the business of that machine',
    files: anyFile,
    offends:
      /\/\/[\w.-]*\b(registry|npm|verdaccio|artifactory|nexus)\b[\w.-]*|\b(npmjs|yarnpkg)\.(org|com)\b|^\s*registry\s*=/im,
    example: word('registry', '=https://packages.example'),
  },
  {
    story: 'nothing is left for later in a comment',
    why: 'A note of work to do is forgotten in the code: do it, or open an issue',
    files: code,
    offends: new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`),
    example: `// ${word('TO', 'DO')}: later`,
  },
  {
    story: 'every test runs, every time',
    why: 'A test that is passed over, or that passes over the others, proves nothing',
    files: /\.test\.tsx?$/,
    offends: /\.(only|skip|todo)\(/,
    example: `test${word('.sk', 'ip')}('a story')`,
  },
  {
    story: 'no file points at a place that only one machine has',
    why: 'A path below somebody’s home or workplace is not there on the next machine: use a relative path or a setting',
    files: anyFile,
    offends: /(^|[^A-Za-z0-9._~/@:-])\/(work|workspace|workspaces|home|Users|root|mnt)\/\w/m,
    example: `cd ${word('/wo', 'rk/main')}`,
  },
  {
    story: 'only the room of the jobs knows which queue there is',
    why: 'Another queue must be able to take the place of pg-boss: go by src/jobs/port.ts, or by a store beside it',
    files: /^(src\/(?!jobs\/)|cli\/|web\/|sim\/).*(?<!\.test)\.tsx?$/,
    offends: /from 'pg-boss'|\bpgboss\./,
    example: `import { PgBoss } ${word('from', " 'pg-boss'")}`,
  },
  {
    story: 'the lint and the types are obeyed, not switched off',
    why: 'A rule that is wrong is changed in .oxlintrc.json for all, with its reason; a rule that is right is followed',
    files: code,
    offends: new RegExp(word('(ox|es|ts)', 'lint-', 'disable|@ts-', '(ignore|expect-error|nocheck)')),
    example: `// ${word('oxlint', '-disable')} no-console`,
  },
]

for (const { story, why, files, offends, example } of rules) {
  test(story, () => {
    assert.match(example, offends)
    const offenders = trackedFiles().filter(({ path }) => path !== self && files.test(path))
    assert.deepEqual(
      offenders.flatMap(({ path, text }) => lineOf(path, text, offends)),
      [],
      why,
    )
  })
}

test('a file of the server, the command or the simulator is named in small letters with hyphens', () => {
  const lawful = /^(src|cli|sim)(\/[a-z0-9]+(-[a-z0-9]+)*)*\/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/
  const migration = /^src\/db\/migrations\/\d{4}_[a-z0-9_]+\.sql$/
  assert.doesNotMatch('src/mirror/SyncEngine.ts', lawful)
  const named = trackedFiles().map(({ path }) => path)
  assert.deepEqual(
    named.filter((path) => /^(src|cli|sim)\//.test(path) && !lawful.test(path) && !migration.test(path)),
    [],
    'Some disks do not tell capitals from small letters, so a name must have one spelling: receiving.rules.ts',
  )
})

function lineOf(path: string, text: string, offends: RegExp): string[] {
  const found = offends.exec(text)
  if (!found) return []
  const lines = text.slice(0, found.index).split('\n')
  return [`${path}:${lines.length} ${found[0].trim()}`]
}
