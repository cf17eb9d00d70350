import { isPlainObject } from '../../values.js'
import type { LinkTarget } from '../bridge/link.js'
import { readAddress } from './connection-address.js'
import type { Report } from './connection-string.js'
import { definedOnly } from './defined-only.js'
import { environmentOptions, environmentVariable, type Environment } from './environment.js'

type Options = Readonly<Record<string, unknown>>

/** What was given in all places together, not checked yet. */
export interface GivenOptions {
  /** Undefined when the url was reported as wrong. */
  readonly target: LinkTarget | undefined
  readonly options: Options
  /** What messages call an option: its own name, or the variable of the environment it came from. */
  readonly nameOf: (option: string) => string
}

/** Brings the sources together: a property comes before the url, and both come before the environment. */
export function gatherOptions(properties: object, environment: Environment, report: Report): GivenOptions {
  const { url: ownUrl, ...own } = definedOnly(properties)
  const { url: itsUrl, ...variables } = environmentOptions(environment)
  const isOwn = ownUrl !== undefined || itsUrl === undefined
  const { target, options: inUrl } = isOwn
    ? readAddress(ownUrl, 'url', report)
    : readAddress(itsUrl, environmentVariable('url') ?? 'url', report)
  const explicit = isOwn ? over(own, inUrl) : own
  const ambient = isOwn ? variables : over(variables, inUrl)
  return {
    target,
    options: over(explicit, withoutReplaced(ambient, explicit)),
    nameOf: (option) => (option in explicit ? option : (option in variables && environmentVariable(option)) || option),
  }
}

/** Who says who they are, says it in full: nothing of the environment is a second way to sign in. */
function withoutReplaced(ambient: Options, explicit: Options): Options {
  const { token, ...withoutToken } = ambient
  if ('auth' in explicit || 'token' in explicit) {
    const { username: _username, password: _password, ...rest } = withoutToken
    return rest
  }
  if ('username' in explicit || 'password' in explicit) return withoutToken
  return ambient
}

/** `pool`, `retry` and `cache` are many options each, so one of them in the url stays beside another one in the code. */
function over(first: Options, second: Options): Options {
  const both = { ...second, ...first }
  for (const group of ['pool', 'retry', 'cache']) {
    const [here, there] = [first[group], second[group]]
    if (!isPlainObject(there)) continue
    if (here === true) both[group] = there
    if (isPlainObject(here)) both[group] = { ...there, ...definedOnly(here) }
  }
  return both
}
