import { difference } from './difference.js'
import type { FunctionTable } from './function-table.js'

/** What can be made of a moment; its parts are in UTC. */
export const momentFunctions = {
  year: { engine: 'time::year', takes: [], gives: 'whole' },
  month: { engine: 'time::month', takes: [], gives: 'whole' },
  day: { engine: 'time::day', takes: [], gives: 'whole' },
  hour: { engine: 'time::hour', takes: [], gives: 'whole' },
  minute: { engine: 'time::minute', takes: [], gives: 'whole' },
  second: { engine: 'time::second', takes: [], gives: 'whole' },
  week: { engine: 'time::week', takes: [], gives: 'whole' },
  weekday: { engine: 'time::wday', takes: [], gives: 'whole' },
  yearday: { engine: 'time::yday', takes: [], gives: 'whole' },
  unix: { engine: 'time::unix', takes: [], gives: 'whole' },
  unixMilliseconds: { engine: 'time::millis', takes: [], gives: 'whole' },
  unixMicroseconds: { engine: 'time::micros', takes: [], gives: 'whole' },
  unixNanoseconds: { engine: 'time::nano', takes: [], gives: 'whole' },
  isLeapYear: { engine: 'time::is_leap_year', takes: [], gives: 'boolean' },
  format: { engine: 'time::format', takes: ['text'], gives: 'text' },
  group: { engine: 'time::group', takes: ['text'], gives: 'moment' },
  ceil: { engine: 'time::ceil', takes: ['duration'], gives: 'moment' },
  floor: { engine: 'time::floor', takes: ['duration'], gives: 'moment' },
  round: { engine: 'time::round', takes: ['duration'], gives: 'moment' },
  add: { engine: '+', takes: ['duration'], gives: 'moment' },
  sub: { engine: '-', takes: ['duration'], gives: 'moment' },
  since: { engine: difference, takes: ['moment'], gives: 'duration?' },
} as const satisfies FunctionTable
