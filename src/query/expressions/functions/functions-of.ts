import type { Family } from '../../../fields/lookups/family.js'
import { bytesFunctions } from './bytes-functions.js'
import { durationFunctions } from './duration-functions.js'
import type { FunctionTable } from './function-table.js'
import { geometryFunctions } from './geometry-functions.js'
import { hashFunctions } from './hash-functions.js'
import { listFunctions, numbersFunctions } from './list-functions.js'
import { momentFunctions } from './moment-functions.js'
import { numberFunctions } from './number-functions.js'
import { objectFunctions } from './object-functions.js'
import { recordFunctions } from './record-functions.js'
import { setFunctions } from './set-functions.js'
import { textFunctions } from './text-functions.js'
import { vectorFunctions } from './vector-functions.js'

/** The engine's functions as methods, by the family of the value they are asked of. */
export const functionsOf: Readonly<Record<Family, FunctionTable>> = {
  text: { ...textFunctions, ...hashFunctions },
  number: numberFunctions,
  boolean: {},
  moment: momentFunctions,
  duration: durationFunctions,
  list: { ...listFunctions, ...numbersFunctions, ...vectorFunctions },
  set: setFunctions,
  object: objectFunctions,
  record: recordFunctions,
  geometry: geometryFunctions,
  bytes: bytesFunctions,
  uuid: {},
  any: {},
}
