import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { supplierNamed } from '../naming.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [{ title: 'Supplier' }, { title: 'Photo' }, { title: 'Signature' }]
const answers = ['yes', 'no'] as const

export default command({
  group: 'moving',
  summary: 'Which photos and signatures are asked for',
  details:
    'Of a supplier, else of all that have no rule of their own. With --photo and --signature the rule is set. A claim of damage needs a photo anyway.',
  args: {},
  options: {
    supplier: text('<name>', 'The rule of this supplier; else of all others'),
    photo: text('<yes|no>', 'Whether a photo is asked for', oneOf(answers)),
    signature: text('<yes|no>', 'Whether somebody has to sign', oneOf(answers)),
    'dry-run': flag('Only look whether the rule may be set'),
  },
  examples: [
    ['evidence rules', 'All of them'],
    ['evidence rules --supplier Leaf --photo yes --signature no', 'Their goods come damaged'],
  ],
  async run({ options: { supplier: named, photo, signature, 'dry-run': dryRun }, api, out }) {
    const supplier = await supplierNamed(api, named)
    const rules = api.api.v1['evidence-rules']
    if (photo === undefined && signature === undefined) {
      const page = await parseResponse(rules.$get())
      const data = page.data.filter(({ supplierId }) => supplier === undefined || supplierId === supplier)
      out.result({ ...page, data }, (screen) => {
        const rows = data.map((one) => [one.supplierId ?? 'all others', said(one.asksPhoto), said(one.asksSignature)])
        return rows.length === 0 ? `${named} has no rule of its own.` : table(screen, columns, rows)
      })
      return
    }
    if (photo === undefined || signature === undefined) throw misuse('Give both --photo and --signature')
    const wish = { asksPhoto: photo === 'yes', asksSignature: signature === 'yes', dryRun }
    const json = supplier === undefined ? wish : { ...wish, supplierId: supplier }
    const rule = await parseResponse(rules.$put({ json }))
    const told = `${rule.supplierId ?? 'All others'}: photo ${said(rule.asksPhoto)}, signature ${said(rule.asksSignature)}`
    out.result(rule, () => (dryRun ? `Would be so: ${told}` : told))
  },
})

function said(isAsked: boolean): string {
  return isAsked ? 'yes' : 'no'
}
