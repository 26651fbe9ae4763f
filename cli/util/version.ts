import manifest from '../../package.json' with { type: 'json' }
import { lonelyCommand } from '../command.ts'

export default lonelyCommand({
  group: 'tools',
  summary: 'Which Consign this is, and on what it runs',
  args: {},
  options: {},
  examples: [['util version', 'For a report of a fault']],
  async run({ out }) {
    const { platform, arch, version: node } = process
    const facts = { version: manifest.version, node, platform: `${platform}-${arch}` }
    out.result(facts, () => `consign ${facts.version}, Node ${node}, ${facts.platform}`)
  },
})
