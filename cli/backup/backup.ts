import { lonelyCommand } from '../command.ts'
import { text, wholeNumber } from '../options.ts'
import { bytesText, counted, duration } from '../text.ts'
import { photosElsewhere, watchWork } from './backup.progress.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Keep a copy of everything: database, secrets, files',
  details:
    'Of one moment, beside a running Consign or alone; works for the embedded database and for DATABASE_URL. The backup is a folder ' +
    'of its own, which gets its name when it is whole. It holds every secret: keep it as you keep those. Ctrl-C leaves nothing.',
  args: {},
  options: {
    to: text('<folder>', 'Where backups are kept (backups, in the data folder)'),
    keep: wholeNumber('<n>', 'Afterwards remove the oldest of this shop, until so many are left', [1, 10_000]),
  },
  examples: [
    ['backup --to /srv/backups --keep 14', 'Every night, say: the last fourteen stay'],
    ['backup verify /srv/backups/consign-20261121T020000Z.backup', 'Whether one is whole'],
  ],
  async run({ options: { to, keep }, out, around }) {
    const vault = await around.openVault()
    const watch = watchWork(out, 'Backing up')
    const made = await vault.backUp({ to, keep, signal: around.interrupted, ...watch }).finally(watch.end)
    out.result(made, ({ paint }) =>
      [
        `${paint('green', 'Backed up')} ${made.path}`,
        `  ${counted(made.rows, 'row')} of ${counted(made.tables, 'table')}, ${counted(made.files.length, 'file')}; ` +
          `${bytesText(made.fileBytes)} (${bytesText(made.bytes)} before compression) in ${duration(made.seconds)}`,
        ...photosElsewhere(made),
        ...made.removed.map((old) => `  Removed ${old}`),
      ].join('\n'),
    )
    if (to === undefined) out.say('It lies on the same disk as what it is of: copy it elsewhere, or use --to.')
  },
})
