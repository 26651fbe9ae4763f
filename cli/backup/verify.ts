import { lonelyCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { counted } from '../text.ts'

export default lonelyCommand({
  group: 'running',
  summary: 'Whether a backup is whole: each file, each row',
  details: 'Needs no database. Exit code 1 names each file that is missing, cut off or changed.',
  args: { folder: 'The folder of one backup, or of several: then the newest' },
  options: {},
  examples: [
    ['backup verify /srv/backups/consign-20261121T020000Z.backup', 'Before it is needed'],
    ['backup verify /srv/backups', 'The newest'],
  ],
  async run({ args: { folder }, out, around }) {
    const checked = await (await around.openVault()).verify(folder)
    out.result(checked, ({ paint }) =>
      checked.isWhole
        ? `${paint('green', 'Whole')}: ${checked.path}, ${counted(checked.rows ?? 0, 'row')} of ${counted(checked.tables ?? 0, 'table')}, taken ${checked.takenAt}`
        : [
            `${paint('red', 'Not whole')}: ${checked.path}`,
            ...checked.faults.map(({ file, message }) => `  ${file} ${message}`),
          ].join('\n'),
    )
    return checked.isWhole ? exitCodes.done : exitCodes.failed
  },
})
