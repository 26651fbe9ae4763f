import { lonelyCommand } from '../command.ts'
import { misuse } from '../options.ts'
import { scripts } from './completion.scripts.ts'

export default lonelyCommand({
  group: 'tools',
  summary: 'Let a shell complete commands and options',
  details: 'The shell must find `consign` by that name: link cli/consign of the checkout into a folder of the path.',
  args: { shell: 'bash, zsh or fish' },
  options: {},
  examples: [
    ['completion bash', 'For ~/.bashrc: eval "$(consign completion bash)"'],
    ['completion zsh', 'For ~/.zshrc: eval "$(consign completion zsh)"'],
    ['completion fish', 'For config.fish: consign completion fish | source'],
  ],
  async run({ args: { shell }, out }) {
    const script = scripts[shell]
    if (script === undefined) throw misuse(`<shell>: there is no completion for "${shell}". There are: bash, zsh, fish`)
    out.result({ shell, script }, () => script)
  },
})
