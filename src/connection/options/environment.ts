/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

const VARIABLES = {
  url: 'SURREALDB_URL',
  namespace: 'SURREALDB_NAMESPACE',
  database: 'SURREALDB_DATABASE',
  username: 'SURREALDB_USERNAME',
  password: 'SURREALDB_PASSWORD',
  token: 'SURREALDB_TOKEN',
} as const

/** The variable an option can come from; undefined when there is none. */
export function environmentVariable(option: string): string | undefined {
  return Object.hasOwn(VARIABLES, option) ? VARIABLES[option as keyof typeof VARIABLES] : undefined
}

/** The options that the environment gives. A variable that is empty is not set: that is how shells and files unset one. */
export function environmentOptions(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([option, variable]) => {
      const text = environment[variable]
      return text ? [[option, text]] : []
    }),
  )
}
