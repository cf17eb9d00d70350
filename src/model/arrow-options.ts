import { loadArrow, type ArrowLibrary } from '../connection/arrow-library.js'
import type { ArrowModule } from './arrow-types.js'

/** What `toArrow` can be told. */
export interface ArrowOptions {
  /** The module `apache-arrow`. Default: the installed one. */
  readonly arrow?: ArrowModule
}

/** The module that was given, or the installed one. */
export function libraryIn(options: ArrowOptions = {}): ArrowLibrary {
  return (options.arrow as unknown as ArrowLibrary | undefined) ?? loadArrow()
}
