import { randomUUID } from 'node:crypto'
import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { flag } from '../options.ts'
import { exitCodeOfRun } from '../sync/run.report.ts'
import { followRun } from '../sync/run.stream.ts'
import { counted, oneLine } from '../text.ts'
import { checkLightspeed } from './lightspeed.check.ts'

export default command({
  group: 'checking',
  summary: 'Try the whole way: ask, read, store, compare',
  details:
    'Reads all outlets, which are few, from Lightspeed into the mirror, and compares how many there are on both sides. ' +
    'What is the same is not written again.',
  args: {},
  options: { 'dry-run': flag('Only ask Lightspeed how many outlets it has') },
  examples: [['test sync', 'Does a sync work from end to end?']],
  async run({ options: { 'dry-run': isDryRun }, api, interrupted, out }) {
    const { outlets: expected } = await checkLightspeed(api, out)
    if (isDryRun) return out.result({ expected }, () => `${counted(expected, 'outlet')} would be read.`)
    const id = randomUUID()
    await parseResponse(api.api.v1.sync.runs.$post({ json: { id, entities: ['outlets'], full: true } }))
    const onBreak = (reason: string) => out.say(`The connection to the server broke (${reason}); trying again …`)
    for await (const _ of followRun(api, id, { signal: interrupted, onBreak }));
    const run = await parseResponse(api.api.v1.sync.runs[':id'].$get({ param: { id } }))
    const mirrored = await countOutlets(api)
    const isSame = mirrored === expected
    const [part] = run.entities
    out.result({ ok: isSame && run.state === 'done', expected, mirrored, run }, ({ paint }) => {
      const mark = (isWell: boolean) => (isWell ? paint('green', '✓') : paint('red', '✗'))
      return [
        `${mark(true)} Lightspeed has ${counted(expected, 'outlet')}`,
        `${mark(run.state === 'done')} ${part?.fetched ?? 0} read${part?.error ? `: ${oneLine(part.error)}` : ''}`,
        `${mark(isSame)} The mirror holds ${mirrored}`,
      ].join('\n')
    })
    return run.state === 'done' && !isSame ? exitCodes.failed : exitCodeOfRun(run)
  },
})

/** Those that are not deleted, page by page. */
async function countOutlets(api: Parameters<typeof checkLightspeed>[0]): Promise<number> {
  let count = 0
  for (let after: string | null = ''; after !== null;) {
    const query: { limit: string; after?: string } = after === '' ? { limit: '1000' } : { limit: '1000', after }
    const page = await parseResponse(api.api.v1.mirror[':entity'].$get({ param: { entity: 'outlets' }, query }))
    count += page.data.filter((row) => row['deleted_at'] === null).length
    after = page.next
  }
  return count
}
