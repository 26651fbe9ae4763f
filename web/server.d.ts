/** The server's own globals, which the types of its routes rest on. */
export type * from '../src/raw-json.d.ts'
