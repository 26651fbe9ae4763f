import type { Context } from 'hono'
import type { Judgments } from './judgments.ts'
import { refused } from './refused.ts'
import type { Page } from './store.ts'

/** `after`, `before`, `page_size` and `deleted` of a request. `deleted` counts where the description names it, elsewhere by judgment. */
export function pageOf(c: Context, judgments: Judgments, names: { deleted?: boolean } = {}): Page {
  const wanted = number(c, 'page_size') ?? judgments.defaultPageSize
  if (wanted < 1) throw refused(400, 'page_size must be at least 1')
  const asked = ['true', '1'].includes(c.req.query('deleted') ?? '')
  return {
    after: number(c, 'after') ?? 0,
    before: number(c, 'before'),
    limit: Math.min(wanted, judgments.pageSizeCap),
    deleted: asked && (names.deleted === true || judgments.deletedEverywhere),
  }
}

/** `{data, version: {min, max}}` of a page of rows in ascending version; `data` as it goes out. */
export function envelope(
  rows: { version: number }[],
  data: unknown[],
  judgments: Judgments,
): { [field: string]: unknown } {
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first && last) return { data, version: { min: first.version, max: last.version } }
  if (judgments.emptyPageVersion === 'absent') return { data }
  const none = judgments.emptyPageVersion === 'null' ? null : 0
  return { data, version: { min: none, max: none } }
}

function number(c: Context, name: string): number | undefined {
  const text = c.req.query(name)
  if (text === undefined || text === '') return undefined
  if (!/^\d+$/.test(text)) throw refused(400, `${name} must be a whole number`)
  return Number(text)
}
