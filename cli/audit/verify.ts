import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { counted, wrap } from '../text.ts'

export default command({
  group: 'looking',
  summary: 'Whether anybody changed the audit afterwards',
  details:
    'Computes the chain of hashes over the whole audit again. The first row that does not fit is named, and the exit code is 1. The number and hash of the last row are printed: kept elsewhere, they later show whether the whole chain was made anew.',
  args: {},
  options: {},
  examples: [['audit verify', 'Check every row']],
  async run({ api, out }) {
    const verified = await parseResponse(api.api.v1.audit.verification.$get())
    const { rows, head, fault } = verified
    out.result(verified, (screen) => {
      if (fault === null) {
        const said = `${screen.paint('green', '✓')} ${counted(rows, 'row')}, each as it was written`
        return `${said}\n  Last: number ${head.sequence}, ${head.hash}`
      }
      const advice = 'Compare it with a backup, and find out who may write to the database past Consign.'
      const good = `${counted(rows, 'row')} before it ${rows === 1 ? 'is' : 'are'} as written.`
      return [`${screen.paint('red', '✗')} ${fault.message}`, ...wrap(`${good} ${advice}`, screen.width())].join('\n')
    })
    return verified.isTrue ? exitCodes.done : exitCodes.failed
  },
})
