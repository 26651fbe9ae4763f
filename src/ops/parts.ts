import type { Grade } from './grading.rules.ts'

/** A part of the whole, as it is now. `ok` is false only where its grade is red. */
export type Part = { name: string; ok: boolean; grade: Grade; detail: string; cure: string | null }

/** What a look at a part found; a cure of its own where the part's usual one does not help. */
export type Finding = { grade: Grade; detail: string; cure?: string }

/** Looks at a part. Never throws: what cannot be told is red, with the reason. */
export async function partOf(name: string, cure: string, look: () => Promise<Finding>): Promise<Part> {
  try {
    const found = await look()
    const helps = found.grade === 'green' ? null : (found.cure ?? cure)
    return { name, ok: found.grade !== 'red', grade: found.grade, detail: found.detail, cure: helps }
  } catch (error) {
    return { name, ok: false, grade: 'red', detail: error instanceof Error ? error.message : String(error), cure }
  }
}

export function green(detail: string): Finding {
  return { grade: 'green', detail }
}

export function amber(detail: string, cure?: string): Finding {
  return { grade: 'amber', detail, ...(cure === undefined ? {} : { cure }) }
}

export function red(detail: string, cure?: string): Finding {
  return { grade: 'red', detail, ...(cure === undefined ? {} : { cure }) }
}
