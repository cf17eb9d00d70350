import path from 'node:path'

/**
 * Files next to which a package is looked for that is not imported, such as `@surrealdb/node`, best first: this one, the
 * program that was started (this file may have been bundled into it, or elsewhere), and the working directory.
 */
export function packageLocations(): readonly string[] {
  const here: string | undefined = import.meta.url
  const program = process.argv[1]
  return [here, program, path.join(process.cwd(), 'program.js')].filter(isFile)
}

/** What `createRequire` takes; a bundler may have put anything else there. */
function isFile(location: string | undefined): location is string {
  if (location === undefined) return false
  return location.startsWith('file:') || path.isAbsolute(location)
}
