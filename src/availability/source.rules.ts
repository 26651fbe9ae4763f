type Placed = { type: string; outlet_id: string; source_outlet_id: string | null }

/** The outlet that the goods of a document are taken from; undefined where they come from outside, or do not move. */
export function sourceOf({ type, outlet_id, source_outlet_id }: Placed): string | undefined {
  return type === 'SUPPLIER_RETURN' ? outlet_id : (source_outlet_id ?? undefined)
}
