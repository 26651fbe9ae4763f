import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { entityHelp, suggestEntity } from '../entity.ts'
import { wholeNumber } from '../options.ts'
import type { Screen } from '../screen.ts'
import { ago, counted, oneLine, wrap } from '../text.ts'

export default command({
  group: 'looking',
  summary: 'Records that could not be stored, and why',
  details:
    'A record leaves this list by itself once Lightspeed sends it in a form that can be stored. `--json` has the records as they came.',
  args: { entity: entityHelp },
  options: {
    limit: wholeNumber('<n>', 'So many records (50)', [1, 500]),
    before: wholeNumber('<id>', 'Only records set aside before this one, as the page before says', [
      1,
      Number.MAX_SAFE_INTEGER,
    ]),
  },
  examples: [['audit rejected products', 'What is wrong with the products that are missing in the mirror']],
  async run({ args: { entity }, options: { limit = 50, before }, api, out }) {
    const query = { limit: String(limit), ...(before === undefined ? {} : { before: String(before) }) }
    const asked = api.api.v1.sync[':entity'].rejected.$get({ param: { entity }, query })
    const page = await parseResponse(asked).catch(suggestEntity([entity]))
    out.result(page, (screen) => {
      if (page.data.length === 0) return `No record of ${entity} stands aside.`
      const more =
        page.next === null ? [] : ['', `There are more: consign audit rejected ${entity} --before ${page.next}`]
      return [...page.data.flatMap((one) => recordLines(one, screen, new Date())), ...more].join('\n')
    })
  },
})

type Rejected = { id: number; recordId: string | null; reason: string; lastSeenAt: string; timesSeen: number }

function recordLines({ id, recordId, reason, lastSeenAt, timesSeen }: Rejected, screen: Screen, now: Date): string[] {
  const head = `${id}  ${oneLine(recordId ?? 'a record without id')}, last seen ${ago(lastSeenAt, now)} (${counted(timesSeen, 'time')})`
  return [screen.paint('bold', head), ...wrap(oneLine(reason), screen.width() - 4).map((line) => `    ${line}`)]
}
