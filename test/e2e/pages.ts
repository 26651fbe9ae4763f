import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')
const source = join(root, 'web')
const built = join(root, 'dist/web')

/** Builds the pages unless the built ones are as new as their source; whoever reads them meanwhile sees the old or the new. */
export async function buildPages() {
  const page = join(built, 'index.html')
  if (existsSync(page) && statSync(page).mtimeMs > newestIn(source)) return
  mkdirSync(join(root, 'dist'), { recursive: true })
  const making = mkdtempSync(join(root, 'dist/making-'))
  try {
    const outDir = join(making, 'new')
    await build({ configFile: join(source, 'vite.config.ts'), logLevel: 'error', build: { outDir } })
    if (existsSync(built)) renameSync(built, join(making, 'old'))
    renameSync(outDir, built)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs))
}
