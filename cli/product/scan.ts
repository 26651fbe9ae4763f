import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

const because = {
  taught: 'somebody taught this code',
  sku: 'it is its SKU',
  code: 'it is one of its codes',
} as const

export default command({
  group: 'looking',
  summary: 'What a scanned code is',
  details:
    'Takes an SKU, a barcode of any length, or a whole GS1 label: as the scanner sends it, or with brackets. In quotes, ' +
    'since brackets mean something to a shell.',
  args: { code: 'What was scanned' },
  options: {},
  examples: [
    ['product scan 9421902960123', 'A barcode'],
    ["product scan '(02)09421902960123(37)24'", 'A carton of 24'],
  ],
  async run({ args: { code }, api, out }) {
    const found = await parseResponse(
      api.api.v1.scan[':code'].$get({ param: { code: encodeURIComponent(code) }, query: {} }),
    )
    out.result(found, () => {
      const { product, units, how, read } = found
      const label = read.elements.map(({ ai, value }) => `(${ai})${value}`).join('')
      return [
        `${units} × ${product.sku ?? product.id}  ${product.name ?? ''}${product.isActive ? '' : ' (no longer sold)'}`,
        `Since ${because[how]}.`,
        ...(label === '' ? [] : [`The label says ${label}`]),
      ].join('\n')
    })
  },
})
