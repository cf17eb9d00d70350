import type { HostRequest } from '../host-protocol.js'
import type { Channel, ChannelEvents } from './channel.js'
import { EmbeddedChannel } from './embedded-channel.js'
import { HttpChannel } from './http-channel.js'
import type { StoreShelf } from './store-shelf.js'
import { WebSocketChannel } from './web-socket-channel.js'

export type OpenRequest = Extract<HostRequest, { operation: 'open' }>

/** Opens what a request names; rejects with OpenFailed. */
export async function openChannel(request: OpenRequest, events: ChannelEvents, shelf: StoreShelf): Promise<Channel> {
  const { target, timeout, resolveFrom } = request
  switch (target.kind) {
    case 'embedded':
      return EmbeddedChannel.open(await shelf.take(target.url, resolveFrom), events)
    case 'websocket':
      return WebSocketChannel.open(target.url, timeout, events)
    case 'http':
      return new HttpChannel(target.url)
    default:
      return target.kind satisfies never
  }
}
