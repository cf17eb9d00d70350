import type { LinkFailure, LinkReply } from '../../link.js'
import type { Call } from '../channels/channel.js'
import { HttpChannel } from '../channels/http-channel.js'
import type { Lane } from './lane.js'
import type { Nodes } from './nodes.js'
import type { Session } from './session.js'

/**
 * Calls as single http requests, as many at a time as there are. What needs a session of its own goes over a websocket to
 * the same nodes.
 */
export class HttpLane implements Lane {
  readonly #channel: HttpChannel
  readonly #session: Session

  constructor(nodes: Nodes, session: Session) {
    this.#channel = new HttpChannel(nodes)
    this.#session = session
  }

  async open(): Promise<undefined> {}

  execute(call: Call): Promise<LinkReply> {
    return this.#session.pass(this.#channel, call)
  }

  forget(id: string): void {
    this.#channel.forget(id)
  }

  counters(): undefined {
    return undefined
  }

  close(timeout: number): Promise<LinkFailure | undefined> {
    return this.#channel.close(timeout)
  }
}
