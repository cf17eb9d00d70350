import { z } from 'zod'
import { DateTime } from '../../values.js'

/** ISO 8601 with a time and an offset, in the years that a Date has. */
const MOMENT = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** The schema of such a text. */
export const momentText = z
  .string()
  .regex(MOMENT, 'must be a date and time such as 2024-12-31T23:59:59Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date and time that exists')
  .meta({ format: 'date-time' })

const FRACTION = /\.(\d+)/

/** The moment that such a text says, to the nanosecond. The driver's own way is a second off when milliseconds round up. */
export function readMoment(text: string): DateTime {
  const fraction = FRACTION.exec(text)?.[1] ?? ''
  return new DateTime([Date.parse(text.replace(FRACTION, '')) / 1000, Number(fraction.padEnd(9, '0'))])
}

/** The text of a moment. The driver's own way is a second off before 1970. */
export function writeMoment(moment: DateTime): string {
  const [seconds, nanoseconds] = moment.toCompact() as readonly [bigint, bigint]
  const second = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length)
  const fraction = String(nanoseconds)
    .padStart(9, '0')
    .replace(/0{1,6}$/, '')
  return `${second}.${fraction}Z`
}
