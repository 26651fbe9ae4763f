import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Loaded before Consign (`node --import`): the disk below CONSIGN_DATA_DIR is full. */
const dataDir = process.env['CONSIGN_DATA_DIR'] ?? ''
const { writeFileSync } = fs

fs.writeFileSync = (file, data, options) => {
  if (!String(file).startsWith(dataDir)) return writeFileSync(file, data, options)
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}
syncBuiltinESMExports()
