/** Node 24 has them (ECMAScript proposal "JSON.parse source text access"); TypeScript's libraries do not name them yet. */
interface JSON {
  rawJSON(text: string): { readonly rawJSON: string }
  isRawJSON(value: unknown): value is { readonly rawJSON: string }
  parse(
    text: string,
    reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}
