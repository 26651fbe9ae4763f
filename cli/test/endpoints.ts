import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodeOfLightspeed, exitCodes } from '../exit.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: '' },
  { title: 'Endpoint', gives: true },
  { title: 'Time', align: 'right' },
  { title: 'What it says', gives: true },
]

export default command({
  group: 'checking',
  summary: 'Ask Lightspeed now: does every collection answer?',
  details:
    'Asks each collection that the mirror reads for one record. Exit code 4: one does not let us in (a right of the token ' +
    'is missing); 5: one cannot be reached; 1: one failed otherwise.',
  args: {},
  options: {},
  examples: [['test endpoints', 'Which collections answer, how quickly, and what the others say']],
  async run({ api, out }) {
    if (out.aside.isTerminal) out.aside.line('Asking Lightspeed …')
    const checked = await parseResponse(api.api.v1.lightspeed['endpoint-checks'].$post())
    const failed = checked.data.filter(({ ok }) => !ok)
    out.result(checked, (screen) => {
      const rows = checked.data.map(({ path, ok, ms, error }) => [
        ok ? screen.paint('green', '✓') : screen.paint('red', '✗'),
        path,
        `${ms} ms`,
        oneLine(error ?? ''),
      ])
      const said = failed.length === 0 ? 'All answer.' : `${failed.length} of ${rows.length} do not.`
      return [table(screen, columns, rows), '', said].join('\n')
    })
    const [code] = failed
      .map((one) => exitCodeOfLightspeed(one.code ?? '') ?? exitCodes.failed)
      .toSorted((a, b) => b - a)
    return code ?? exitCodes.done
  },
})
