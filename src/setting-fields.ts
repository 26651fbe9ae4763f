import { z } from 'zod'

/** A whole number of these limits, both included. */
export const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
/** Scheme, host and port, without a slash behind. */
export const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
export const yesOrNo = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
