type Box = {
  id: string
  number: number
  of: number
  label: string | null
  weightGrams: number
  weighedGrams: number | null
  guessedWeights: number
}
type Place = { name: string | null; lines: readonly string[] }

/** What is read aloud and printed large: `box 2 of 5`. */
export function boxText({ number, of }: { number: number; of: number }): string {
  return `box ${number} of ${of}`
}

/** A label a box: where it goes, huge; which box of how many; what it weighs, and from whom it comes. */
export function labelsOf(boxes: readonly Box[], { number, from, to }: { number: string; from: Place; to: Place }) {
  return boxes.map((box) => ({
    boxId: box.id,
    text: boxText(box),
    destination: to.name,
    address: [...to.lines],
    from: from.name,
    document: number,
    label: box.label,
    weightGrams: box.weightGrams,
    isWeightGuessed: box.weighedGrams === null && box.guessedWeights > 0,
  }))
}
