import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { commandNames, loadCommand } from './registry.ts'

test('the folders are the commands: none is forgotten, none is only a name', async () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const files = folders.flatMap(({ name: noun }) =>
    readdirSync(`${import.meta.dirname}/${noun}`)
      .filter((file) => /^[a-z-]+\.ts$/.test(file))
      .map((file) => file.replace('.ts', ''))
      .map((verb) => (verb === noun ? noun : `${noun} ${verb}`)),
  )
  assert.deepEqual(files.toSorted(), commandNames.toSorted())
  for (const name of commandNames) {
    const { command } = await loadCommand(name)
    const [noun, verb = noun] = name.split(' ')
    assert.equal((await import(`./${noun}/${verb}.ts`)).default, command, name)
  }
})
