import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type TrackedFile = { path: string; text: string }

const root = join(import.meta.dirname, '..')

/** Every text file that belongs to the project, as it lies in the working tree. `npm test` may be run by another account than the clone's owner. */
export function trackedFiles(): TrackedFile[] {
  const list = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  return list
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
}
