import { readCredentials, type Credentials, type CredentialsProvider } from './authentication.js'
import type { SchemaResult } from './option-issues.js'
import type { GivenOptions } from './option-sources.js'

/** The ways to sign in that options offer (`auth`, `token`, `username` with `password`) as one. */
export function readAuthentication({
  options,
  nameOf,
}: GivenOptions): SchemaResult<Credentials | CredentialsProvider | undefined> {
  const { auth, token, username, password } = options
  const user = username === undefined ? 'password' : 'username'
  const [way, another] = ['auth', 'token', user].filter((option) => options[option] !== undefined)
  if (way !== undefined && another !== undefined) {
    const message = `is given beside ${nameOf(way)}; sign in by one of auth, token, or username with password`
    return { issues: [{ path: nameOf(another), message }] }
  }
  if (typeof auth === 'function') return { data: auth as CredentialsProvider, issues: [] }
  if (auth !== undefined) return readCredentials(auth, 'auth')
  // what else is wrong with these three, the schema of the options says
  if (token !== undefined) return { data: isText(token) ? { token } : undefined, issues: [] }
  if ((username === undefined) === (password === undefined)) {
    return { data: isText(username) && isText(password) ? { username, password } : undefined, issues: [] }
  }
  const missing = username === undefined ? 'username' : 'password'
  return { issues: [{ path: missing, message: 'is missing; username and password belong together' }] }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
