import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import libheif from 'libheif-js/wasm-bundle.js'
import { z } from 'zod'
import { damaged, tooManyPixels } from './no-photo.ts'
import { mostPixels } from './photos.rules.ts'

const { path } = z.object({ path: z.string() }).parse(workerData)
const file = readFileSync(path)

try {
  unfold()
} catch {
  // Whatever the decoder trips over, it is the bytes that it was given.
  say({ wrong: damaged })
}

function unfold() {
  const images = new libheif.HeifDecoder().decode(file)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  if (!image) return say({ wrong: damaged })
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > mostPixels) return say({ wrong: tooManyPixels })
  image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, (shown) => {
    if (!shown) return say({ wrong: damaged })
    const pixels = new Uint8Array(shown.data.buffer)
    say({ width, height, pixels })
  })
}

function say(message: { wrong: string } | { width: number; height: number; pixels: Uint8Array<ArrayBuffer> }) {
  parentPort?.postMessage(message, 'pixels' in message ? [message.pixels.buffer] : [])
}
