import type { LinkFailure, LinkReply } from '../link.js'
import { failed, type Call } from './channel.js'
import { HttpChannel } from './http-channel.js'
import type { Lane } from './lane.js'
import type { Nodes } from './nodes.js'
import type { Session } from './session.js'

/**
 * Calls as single http requests, each with its session in its headers. A node that cannot be reached is passed over for the
 * next one. What needs a
 * session of its own goes over a websocket to the same nodes.
 */
export class HttpLane implements Lane {
  readonly #channels: ReadonlyMap<string, HttpChannel>
  readonly #nodes: Nodes
  readonly #session: Session

  constructor(urls: readonly string[], nodes: Nodes, session: Session) {
    this.#channels = new Map(urls.map((url) => [url, new HttpChannel(url, nodes)]))
    this.#nodes = nodes
    this.#session = session
  }

  async open(): Promise<undefined> {}

  async execute(call: Call): Promise<LinkReply> {
    let reply: LinkReply = failed('not-sent', 'there is no node')
    for (const url of this.#nodes.inOrder()) {
      reply = await this.#channels.get(url)!.execute(call)
      if (reply.ok || reply.failure.reason !== 'not-sent') break
    }
    this.#session.remember(call, reply)
    return reply
  }

  forget(id: string): void {
    for (const channel of this.#channels.values()) channel.forget(id)
  }

  counters(): undefined {
    return undefined
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    const failures = await Promise.all([...this.#channels.values()].map((channel) => channel.close(timeout)))
    return failures.find((failure) => failure !== undefined)
  }
}
