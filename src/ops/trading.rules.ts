/** When shops are open, as minutes of the day; the same on every day. */
export type TradingHours = { from: number; to: number }

export type Hush = {
  now: Date
  /** When the last webhook came. */
  lastAt: Date
  hours: TradingHours
  timeZone: string
}

/** How long no webhook has come while the shops trade, counted from the opening at the earliest; null while they are shut. */
export function silentSeconds({ now, lastAt, hours, timeZone }: Hush): number | null {
  const minute = minuteOfDay(now, timeZone)
  if (minute < hours.from || minute >= hours.to) return null
  const openSeconds = (minute - hours.from) * 60
  return Math.max(0, Math.min(openSeconds, (now.getTime() - lastAt.getTime()) / 1000))
}

/** `09:00-17:30`; undefined where it is not that. */
export function readTradingHours(text: string): TradingHours | undefined {
  const [, ...parts] = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text.trim()) ?? []
  const [fromHour = NaN, fromMinute = 0, toHour = NaN, toMinute = 0] = parts.map(Number)
  const hours = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute }
  return hours.from < hours.to && hours.to <= 24 * 60 ? hours : undefined
}

function minuteOfDay(now: Date, timeZone: string): number {
  const [hour = 0, minute = 0] = clockOf(timeZone).format(now).split(':').map(Number)
  return hour * 60 + minute
}

/** A zone that this machine does not know is taken for UTC. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const digits = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...digits, timeZone })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return new Intl.DateTimeFormat('en-GB', { ...digits, timeZone: 'UTC' })
  }
}
