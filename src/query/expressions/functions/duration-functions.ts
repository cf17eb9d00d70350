import { difference } from './difference.js'
import type { FunctionTable } from './function-table.js'

/** What can be made of a duration. */
export const durationFunctions = {
  nanoseconds: { engine: 'duration::nanos', takes: [], gives: 'whole' },
  microseconds: { engine: 'duration::micros', takes: [], gives: 'whole' },
  milliseconds: { engine: 'duration::millis', takes: [], gives: 'whole' },
  seconds: { engine: 'duration::secs', takes: [], gives: 'whole' },
  minutes: { engine: 'duration::mins', takes: [], gives: 'whole' },
  hours: { engine: 'duration::hours', takes: [], gives: 'whole' },
  days: { engine: 'duration::days', takes: [], gives: 'whole' },
  weeks: { engine: 'duration::weeks', takes: [], gives: 'whole' },
  years: { engine: 'duration::years', takes: [], gives: 'whole' },
  add: { engine: '+', takes: ['duration'], gives: 'duration' },
  sub: { engine: difference, takes: ['duration'], gives: 'duration?' },
} as const satisfies FunctionTable
