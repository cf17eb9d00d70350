import { createRequire } from 'node:module'
import { ConfigurationError } from '../errors.js'
import { packageLocations } from './bridge/package-locations.js'

/** A type of Arrow's, a field, or a part of a table. */
export type ArrowValue = object

type Make<Values extends readonly unknown[]> = new (...values: Values) => ArrowValue

/**
 * `apache-arrow`, as far as it is used here. It is loaded only when it is needed, and has no types of its own here, so that
 * nobody else needs to have it installed.
 */
export interface ArrowLibrary {
  readonly Int64: Make<[]>
  readonly Int32: Make<[]>
  readonly Int16: Make<[]>
  readonly Float64: Make<[]>
  readonly Float32: Make<[]>
  readonly Bool: Make<[]>
  readonly Utf8: Make<[]>
  readonly Binary: Make<[]>
  readonly TimestampNanosecond: Make<[timezone: string]>
  readonly List: Make<[item: ArrowValue]>
  readonly FixedSizeList: Make<[size: number, item: ArrowValue]>
  readonly Struct: Make<[fields: readonly ArrowValue[]]>
  readonly Field: Make<[name: string, type: ArrowValue, nullable: boolean]>
  readonly Schema: Make<[fields: readonly ArrowValue[]]>
  readonly RecordBatch: Make<[schema: ArrowValue, data: ArrowValue]>
  readonly Table: Make<[schema: ArrowValue, batches: readonly ArrowValue[]]>
  makeData(parts: Readonly<Record<string, unknown>>): ArrowValue
}

const PACKAGE = 'apache-arrow'

/** The copy that is installed beside this package, or else beside the program. */
export function loadArrow(locations: readonly string[] = packageLocations()): ArrowLibrary {
  for (const location of locations) {
    const load = createRequire(location)
    const file = resolved(load)
    if (file !== undefined) return loadCopy(load, file)
  }
  throw new ConfigurationError(
    'INVALID_OPTION',
    `Arrow tables need the package ${PACKAGE}; run "npm install ${PACKAGE}", or give it: toArrow({ arrow }).`,
  )
}

function resolved(load: NodeJS.Require): string | undefined {
  try {
    return load.resolve(PACKAGE)
  } catch {
    return undefined
  }
}

/**
 * It is there twice, once for each kind of module, and does not know the tables of its other copy: the one that the program
 * has required, or else the one that it may have imported.
 */
function loadCopy(load: NodeJS.Require, file: string): ArrowLibrary {
  if (!load.cache[file]) {
    try {
      return load(file.replace(/\.js$/, '.mjs')) as ArrowLibrary
    } catch {
      // where modules cannot be required
    }
  }
  return load(file) as ArrowLibrary
}
