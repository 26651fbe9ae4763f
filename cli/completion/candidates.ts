import { lonelyCommand } from '../command.ts'
import { loadCommands } from '../registry.ts'
import { candidatesFor } from './line.candidates.ts'

export default lonelyCommand({
  group: 'tools',
  isHidden: true,
  summary: 'The words that may come next on a command line, for the completion scripts',
  args: { line: 'The command line up to the cursor' },
  options: {},
  examples: [],
  async run({ args: { line }, out }) {
    const candidates = candidatesFor(line, await loadCommands())
    if (candidates.length === 0 && !out.isJson) return
    out.result(candidates, () => candidates.map(({ word, help }) => (help ? `${word}\t${help}` : word)).join('\n'))
  },
})
