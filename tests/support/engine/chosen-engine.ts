import { FOUND_ENGINE, type OldEngine } from './old-engine.js'

/** The Jest project `engine 2.6` runs the suites of queries on that engine; undefined in every other. */
export const oldEngine: OldEngine | undefined =
  'engine' in globalThis ? (JSON.parse(process.env[FOUND_ENGINE] ?? '{}') as OldEngine) : undefined

/** Why its tests cannot run here. */
export const oldEngineMissing: string | undefined =
  oldEngine && 'missing' in oldEngine ? `engine 2.6 does not load here: ${oldEngine.missing}` : undefined
