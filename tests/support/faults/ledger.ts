import { inspect } from 'node:util'

/** What is known of a write from the way its call ended. */
export type Fate = 'stored' | 'unknown' | 'not stored'

/** What an error says of a write that is one call. Any other error is one that no fault of the network may cause. */
const CALL: Readonly<Record<string, Fate>> = {
  OUTCOME_UNKNOWN: 'unknown',
  TIMEOUT: 'unknown',
  CONNECTION_LOST: 'not stored',
  POOL_EXHAUSTED: 'not stored',
}

/** Nothing of a transaction is stored before its commit is sent, and a lost commit has a code of its own. */
const TRANSACTION: Readonly<Record<string, Fate>> = {
  COMMIT_OUTCOME_UNKNOWN: 'unknown',
  TIMEOUT: 'not stored',
  CONNECTION_LOST: 'not stored',
  POOL_EXHAUSTED: 'not stored',
}

/** What a call may take beyond its deadline, on a machine that is busy with other things. Milliseconds. */
const MARGIN = 10_000

/** The books of a workload: what became of each call as its caller saw it, to be compared with what the database holds. */
export class Ledger {
  readonly #writes = new Map<string, Fate>()
  readonly #transactions = new Map<string, Fate>()
  /** The ends of the calls, by code; `ok` is none. */
  readonly ends: string[] = []
  readonly #troubles: string[] = []

  /** A write of one record under a key of its own. */
  async write(key: string, deadline: number, call: () => unknown): Promise<void> {
    const code = await this.#settle(`write ${key}`, deadline, call)
    this.#note(this.#writes, key, fateOf(code, CALL))
  }

  /** A transaction that writes two records under one key. */
  async transaction(key: string, deadline: number, call: () => unknown): Promise<void> {
    const code = await this.#settle(`transaction ${key}`, deadline, call)
    this.#note(this.#transactions, key, fateOf(code, TRANSACTION))
  }

  /** A call that changes nothing. */
  async read(deadline: number, call: () => unknown): Promise<void> {
    const code = await this.#settle('read', deadline, call)
    const isExpected = ['ok', 'TIMEOUT', 'CONNECTION_LOST', 'POOL_EXHAUSTED'].includes(code)
    if (!isExpected) this.#troubles.push(`a read ended with ${code}`)
  }

  /** Keys of the writes that were acknowledged. */
  get acknowledged(): readonly string[] {
    return [...this.#writes].filter(([, fate]) => fate === 'stored').map(([key]) => key)
  }

  /** Everything that must not be, given the keys the database holds: an empty list is what is wanted. */
  troubles(writes: readonly string[], transactions: readonly string[]): readonly string[] {
    return [
      ...this.#troubles,
      ...compare({ kind: 'write', expected: this.#writes, times: 1 }, writes),
      ...compare({ kind: 'transaction', expected: this.#transactions, times: 2 }, transactions),
    ]
  }

  #note(fates: Map<string, Fate>, key: string, fate: Fate | string): void {
    if (fate === 'stored' || fate === 'unknown' || fate === 'not stored') fates.set(key, fate)
    else this.#troubles.push(`${key} ended with ${fate}`)
  }

  async #settle(name: string, deadline: number, call: () => unknown): Promise<string> {
    const start = performance.now()
    let code = 'ok'
    try {
      await call()
    } catch (error) {
      code = (error as { readonly code?: string }).code ?? inspect(error)
    }
    const duration = performance.now() - start
    if (duration > deadline + MARGIN) this.#troubles.push(`${name} took ${Math.round(duration)} ms (${code})`)
    this.ends.push(code)
    return code
  }
}

function fateOf(code: string, fates: Readonly<Record<string, Fate>>): string {
  return code === 'ok' ? 'stored' : (fates[code] ?? code)
}

interface Expected {
  readonly kind: string
  readonly expected: ReadonlyMap<string, Fate>
  /** How many records of one key there are when it was carried out once. */
  readonly times: number
}

function compare({ kind, expected, times }: Expected, found: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const key of found) counts.set(key, (counts.get(key) ?? 0) + 1)
  const allowed: Readonly<Record<Fate, readonly number[]>> = {
    stored: [times],
    unknown: [0, times],
    'not stored': [0],
  }
  return [...expected].flatMap(([key, fate]) => {
    const count = counts.get(key) ?? 0
    return allowed[fate].includes(count) ? [] : [`${kind} ${key}: known as ${fate}, found ${count} of ${times}`]
  })
}
