import type { Bench } from './bench.js'
import type { Ledger } from './ledger.js'

/** What is asked of a connection while the network fails. */
export interface Workload {
  /** The table of the writes; those of transactions go to `{table}_pair`. */
  readonly table: string
  readonly writes: number
  readonly reads: number
  readonly transactions: number
  /** Milliseconds of one call. */
  readonly deadline: number
}

/** A transaction is several calls, which may all be made again. */
const CALLS_OF_TRANSACTION = 20

/** The calls of a workload, mixed; each writes down its end. */
function* callsOf(bench: Bench, workload: Workload, ledger: Ledger): Generator<() => Promise<void>> {
  const { table, writes, reads, transactions, deadline } = workload
  const { connection, mode, modeName } = bench
  const options = { timeout: deadline }
  const pair = `CREATE ${table}_pair SET key = $key`
  const both = (key: string): unknown =>
    modeName === 'sync'
      ? connection.transactionSync((transaction) => {
          transaction.querySync(pair, { key }, options)
          transaction.querySync(pair, { key }, options)
        })
      : connection.transaction(async (transaction) => {
          await transaction.query(pair, { key }, options)
          await transaction.query(pair, { key }, options)
        })
  const most = Math.max(writes, reads, transactions)
  for (let number = 0; number < most; number++) {
    const key = `${table}-${number}`
    const write = () => mode(connection).query(`CREATE ${table} SET key = $key`, { key }, options)
    const read = () => mode(connection).query(`SELECT * FROM ${table} LIMIT 3`, {}, { ...options, idempotent: true })
    if (number < writes) yield () => ledger.write(key, deadline, write)
    if (number < reads) yield () => ledger.read(deadline, read)
    if (number < transactions) yield () => ledger.transaction(key, deadline * CALLS_OF_TRANSACTION, () => both(key))
  }
}

const AT_ONCE = 4

/** Runs it: several calls at a time, or one after the other where each blocks. */
export async function runWorkload(bench: Bench, workload: Workload, ledger: Ledger): Promise<void> {
  const calls = callsOf(bench, workload, ledger)
  const lane = async () => {
    for (const call of calls) await call()
  }
  await Promise.all(Array.from({ length: bench.modeName === 'sync' ? 1 : AT_ONCE }, lane))
}
