import type { DateTime } from '../../values.js'

const FIRST = Date.UTC(-262_143, 0)
const END = Date.UTC(262_143, 0)

/** Why the database has no such moment; undefined where it has. A Date may be of years that it does not know. */
export function whyNoMoment(value: Date | DateTime): string | undefined {
  if (value instanceof Date) return isWithin(value.getTime()) ? undefined : NO_MOMENT
  const [seconds, nanoseconds] = value.toCompact() as readonly [bigint, bigint]
  // two different times have these nanoseconds: nobody knows which is meant
  if (nanoseconds < 0n) return 'is a DateTime before 1970 that the driver made wrongly; make it of a text'
  return isWithin(Number(seconds) * 1000) ? undefined : NO_MOMENT
}

export function isStoredMoment(value: Date | DateTime): boolean {
  return whyNoMoment(value) === undefined
}

const NO_MOMENT = 'must be a moment in the years from -262143 to 262142, which the database has'

function isWithin(time: number): boolean {
  return FIRST <= time && time < END
}
