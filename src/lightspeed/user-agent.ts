import { version } from '../ops/version.ts'

/** Lightspeed asks every program to say who it is. */
export const userAgent = `Consign/${version}`
