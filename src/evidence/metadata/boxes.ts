/** A box of an ISO base media file: where it stands, and where its content begins and ends. */
export type Box = { type: string; at: number; from: number; to: number }

/** The boxes between two places, in order; undefined where one does not fit in. */
export function boxesIn(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const boxes: Box[] = []
  for (let at = from; at < to;) {
    const box = at + 8 <= to ? boxAt(bytes, at, to) : undefined
    if (!box || box.to > to || box.to <= at) return undefined
    boxes.push(box)
    at = box.to
  }
  return boxes
}

function boxAt(bytes: Buffer, at: number, to: number): Box | undefined {
  const size = bytes.readUInt32BE(at)
  const type = bytes.toString('latin1', at + 4, at + 8)
  if (size === 0) return { type, at, from: at + 8, to }
  if (size !== 1) return size < 8 ? undefined : { type, at, from: at + 8, to: at + size }
  if (at + 16 > to) return undefined
  const large = bytes.readBigUInt64BE(at + 8)
  return large < 16n || large > BigInt(to) ? undefined : { type, at, from: at + 16, to: at + Number(large) }
}

/** Reads numbers one after the other. Throws a RangeError behind the end. */
export function reader(bytes: Buffer, from: number) {
  let at = from
  const number = (size: number): number => {
    const value = size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size)
    at += size
    return value
  }
  const word = (size: number): string => {
    const text = bytes.toString('latin1', at, at + size)
    at += size
    return text
  }
  return { number, word }
}
