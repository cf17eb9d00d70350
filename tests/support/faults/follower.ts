import type { Connection, LiveMessage } from '../../../src/index.js'
import { eventually, type Bench } from './bench.js'

/** Follows a table while the network fails. */
export interface Follower {
  /** Takes what has come so far. */
  readonly messages: readonly LiveMessage<{ key: string }>[]
  /** Resolves when the stream has brought a record that is written now, or has ended with an error. */
  goesOn(direct: Connection): Promise<void>
  /** The code of the error that ended it. */
  readonly end: string | undefined
  stop(): Promise<void>
}

/** Live queries may have a channel of their own, which comes back after those of the calls. */
export function startFollower(bench: Bench, table: string): Promise<Follower> {
  return bench.modeName === 'sync' ? followBlocking(bench, table) : followAsync(bench, table)
}

async function followAsync({ connection }: Bench, table: string): Promise<Follower> {
  const messages: LiveMessage<{ key: string }>[] = []
  let end: string | undefined
  const live = await eventually(async () => await connection.live<{ key: string }>(table))
  const following = (async () => {
    try {
      for await (const message of live) messages.push(message)
    } catch (error) {
      end = codeOf(error)
    }
  })()
  return follower({
    table,
    messages,
    end: () => end,
    look: async () => {},
    stop: async () => {
      await live.kill()
      await following
    },
  })
}

async function followBlocking({ connection }: Bench, table: string): Promise<Follower> {
  const messages: LiveMessage<{ key: string }>[] = []
  let end: string | undefined
  const live = await eventually(async () => connection.liveSync<{ key: string }>(table))
  return follower({
    table,
    messages,
    end: () => end,
    look: async () => {
      try {
        for (let message = live.poll(1); message; message = live.poll(1)) messages.push(message)
      } catch (error) {
        end = codeOf(error)
      }
    },
    stop: async () => live.killSync(),
  })
}

const LAST = 'the last one'

interface Parts {
  readonly table: string
  readonly messages: readonly LiveMessage<{ key: string }>[]
  readonly end: () => string | undefined
  readonly look: () => Promise<void>
  readonly stop: () => Promise<void>
}

function follower({ table, messages, end, look, stop }: Parts): Follower {
  return {
    messages,
    get end() {
      return end()
    },
    async goesOn(direct) {
      const hasCome = async (): Promise<true | undefined> => {
        await look()
        return end() !== undefined || messages.some(({ value }) => value?.key === LAST) ? true : undefined
      }
      await eventually(async () => {
        // trap: the engine may never tell of anything where the live query was started during a write; the start and the
        // end of another one, with no write at the time, bring it back
        const other = await direct.live(table)
        await other.kill()
        // again and again: the live query may have been started after the write
        await direct.query(`CREATE ${table} SET key = $key`, { key: LAST })
        return eventually(hasCome, 200)
      })
    },
    stop,
  }
}

/** What a stream that goes on must not have missed: everything stored, unless it says that something may be missing. */
export function missedSilently({ messages, end }: Follower, stored: readonly string[]): readonly string[] {
  if (end !== undefined || messages.some(({ action }) => action === 'RESYNC')) return []
  const seen = new Set(messages.map(({ value }) => value?.key))
  return stored.filter((key) => !seen.has(key))
}

function codeOf(error: unknown): string {
  return (error as { readonly code?: string }).code ?? String(error)
}
