import { styleText } from 'node:util'

export type Sink = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number }

type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export type Screen = {
  stream: Sink
  /** A person looks at it, and lines can be drawn again. */
  isTerminal: boolean
  /** Columns of the terminal; a pipe takes lines of any length. */
  width: () => number
  paint: (colour: Colour, text: string) => string
  line: (text: string) => void
}

/** Colours only on a terminal, and only where nobody forbade them (NO_COLOR, TERM=dumb). */
export function screenOn(stream: Sink, env: NodeJS.ProcessEnv): Screen {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb'
  const isColoured = isTerminal && !env['NO_COLOR']
  return {
    stream,
    isTerminal,
    width: () => (isTerminal ? (stream.columns ?? 80) : Infinity),
    paint: (colour, text) => (isColoured ? styleText(colour, text, { validateStream: false }) : text),
    line: (text) => void stream.write(`${text}\n`),
  }
}
