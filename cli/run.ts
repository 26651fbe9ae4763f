import manifest from '../package.json' with { type: 'json' }
import type { Surroundings } from './command.ts'
import { exitCodes, failureOf, type ExitCode } from './exit.ts'
import { commandPage, described, nounPage, overview } from './help.ts'
import { openOutput, type Output } from './output.ts'
import { commandNames, loadCommand, loadCommands } from './registry.ts'
import { understand, verbsOf } from './understand.ts'

/** Does what one command line asks (the words after `consign`), and answers its exit code. */
export async function consign(argv: readonly string[], around: Surroundings): Promise<ExitCode> {
  const out = openOutput(around, argv.includes('--json'))
  try {
    const wish = understand(argv, commandNames)
    if (wish.kind === 'version') return sayVersion(out)
    if (wish.kind === 'help') return await help(wish.topic, out)
    const { command } = await loadCommand(wish.name)
    return await command.run(wish.rest, around)
  } catch (error) {
    return sayFailure(error, out)
  }
}

function sayVersion(out: Output): ExitCode {
  out.result({ version: manifest.version }, () => `consign ${manifest.version}`)
  return exitCodes.done
}

async function help([topic]: readonly string[], out: Output): Promise<ExitCode> {
  if (topic === undefined) {
    const all = await loadCommands()
    out.result(all.map(described), ({ width }) => overview(all, width()))
    return exitCodes.done
  }
  const verbs = await loadCommands(verbsOf(topic, commandNames).map((verb) => `${topic} ${verb}`))
  if (!commandNames.includes(topic)) {
    out.result(verbs.map(described), ({ width }) => nounPage(topic, verbs, width()))
    return exitCodes.done
  }
  const one = await loadCommand(topic)
  out.result(described(one), ({ width }) => commandPage(one, width()))
  return exitCodes.done
}

/** In words on standard error; with `--json` also as the one value on standard output. */
function sayFailure(error: unknown, out: Output): ExitCode {
  const { exitCode, code, message, details = null } = failureOf(error)
  if (out.isJson) out.result({ error: { code, message, details } }, () => '')
  if (exitCode !== exitCodes.interrupted) out.say(`${out.aside.paint('red', 'consign:')} ${message}`)
  return exitCode
}
