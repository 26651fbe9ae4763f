import { photosElsewhere, watchWork } from '../backup/backup.progress.ts'
import { lonelyCommand } from '../command.ts'
import { flag } from '../options.ts'
import { bytesText, counted, duration } from '../text.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Bring a backup back, into an empty place',
  details:
    'Into the database and the data folder of the settings, embedded or DATABASE_URL, whichever it was before. Both must be empty: ' +
    'a restore never overwrites anything. All of it is restored, and proved equal table by table, or nothing is.',
  args: { backup: 'The folder of one backup' },
  options: { 'dry-run': flag('Only look whether it could be done') },
  examples: [['restore /srv/backups/consign-20261121T020000Z.backup --dry-run', 'Whether it could be restored here']],
  async run({ args: { backup: folder }, options: { 'dry-run': dryRun }, out, around }) {
    const vault = await around.openVault()
    const watch = watchWork(out, 'Restoring')
    const { onProgress } = watch
    const work = vault.restore({ folder, dryRun, say: out.say, signal: around.interrupted, onProgress })
    const restored = await work.finally(watch.end)
    out.result(restored, ({ paint }) =>
      [
        `${paint('green', dryRun ? 'Could be restored' : 'Restored')}: ${restored.path}`,
        `  ${counted(restored.rows, 'row')} of ${counted(restored.tables, 'table')} (${bytesText(restored.bytes)}), ` +
          `${counted(restored.files.length, 'file')}, as of ${restored.takenAt}, in ${duration(restored.seconds)}`,
        ...photosElsewhere(restored),
        ...restored.migrated.map((name) => `  Brought up to date: ${name}`),
      ].join('\n'),
    )
    if (restored.leftOut.length > 0)
      out.say(`Left out, because Consign does not make them: ${restored.leftOut.join(', ')}`)
    if (!restored.secretKeyFits) out.say(otherKey)
  },
})

const otherKey =
  'The secrets in the backup were sealed with another CONSIGN_SECRET_KEY than the one set here: set that one, or connect Lightspeed again.'
