import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeCommand } from '#test/terminal.ts'
import { common } from './options.ts'
import { loadCommands, commandNames } from './registry.ts'
import { widthOf } from './text.ts'
import { nounsOf } from './understand.ts'

const commands = await loadCommands()
const pages = [
  '--help',
  ...nounsOf(commandNames).map((noun) => `help ${noun}`),
  ...commandNames.map((name) => `help ${name}`),
]

test('every page of help fits on a terminal of 80 columns, and on a narrower one', async () => {
  for (const page of pages) {
    for (const [machine, most] of [
      [{}, 80],
      [{ columns: 200 }, 80],
      [{ columns: 60 }, 60],
    ] as const) {
      const { exitCode, stdout } = await typeCommand(page, machine)
      assert.equal(exitCode, 0)
      const tooLong = stdout.split('\n').filter((line) => widthOf(line) > most && !/^ {2}(consign )?\S/.test(line))
      assert.deepEqual(tooLong, [], `${page} at ${most} columns`)
      if (most === 80)
        assert.deepEqual(
          stdout.split('\n').filter((line) => widthOf(line) > 80),
          [],
          page,
        )
    }
  }
})

test('the list of commands has each command on one line, or a long one on two, with what it does', async () => {
  const lines = (await typeCommand('--help')).stdout.split('\n')
  for (const { name, command } of commands) {
    const at = lines.findIndex((line) => line.startsWith(`  ${name}`) && isTold(command.summary, line, lines))
    assert.equal(at >= 0, !command.isHidden, name)
  }
})

function isTold(summary: string, line: string, lines: readonly string[]): boolean {
  const next = lines[lines.indexOf(line) + 1]?.trim()
  return line.includes(summary) || (!line.trim().includes('   ') && next === summary)
}

test('the page of a command explains each of its words and options, and gives an example that can be typed', async () => {
  for (const { name, command } of commands) {
    const { stdout } = await typeCommand(`help ${name}`)
    for (const option of Object.keys({ ...command.options, ...common }))
      assert.match(stdout, new RegExp(`--${option}\\b`))
    for (const word of Object.keys(command.args)) assert.match(stdout, new RegExp(`<${word}>`))
    for (const help of Object.values({ ...command.options }).map((option) => option.help)) assert.ok(help.length > 8)
    assert.ok(command.examples.length > 0 || command.isHidden, `${name} has no example`)
    for (const [line] of command.examples) assert.ok(line.startsWith(name), line)
  }
})

test('a program can read the help too', async () => {
  const { stdout } = await typeCommand('help sync --json')
  const page = JSON.parse(stdout)
  assert.equal(page.usage, 'consign sync <entity>|all')
  assert.ok(page.options.some(({ option }: { option: string }) => option === '--since'))
  assert.equal(JSON.parse((await typeCommand('--help --json')).stdout).length, commandNames.length)
})

test('the version is told in every way that people try', async () => {
  for (const line of ['--version', '-V']) assert.match((await typeCommand(line)).stdout, /^consign \d+\.\d+\.\d+\n$/)
  const { version } = JSON.parse((await typeCommand('util:version --json')).stdout)
  assert.equal((await typeCommand('--version --json')).stdout, `{"version":"${version}"}\n`)
})
