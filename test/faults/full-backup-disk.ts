import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Loaded before Consign (`node --import`): the disk below FULL_DISK takes no stream of a file. */
const folder = process.env['FULL_DISK'] ?? ''
const { createWriteStream } = fs

fs.createWriteStream = (path, options) => {
  const stream = createWriteStream(path, options)
  if (!String(path).startsWith(folder)) return stream
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
  queueMicrotask(() => stream.destroy(full))
  return stream
}
syncBuiltinESMExports()
