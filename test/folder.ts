import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty data folder, gone when the story ends. */
export function openFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'consign-folder-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
