import type { WebSocket } from 'ws'
import type { Heartbeat } from '../../link.js'

/**
 * Finds a socket that is open on this side only: the cable is out, the server's machine is gone, a firewall has forgotten
 * the connection. After a time of silence the server is asked for a sign of life; everything it sends is one.
 */
export function watchHeartbeat(socket: WebSocket, heartbeat: Heartbeat, onSilence: (message: string) => void): void {
  const { interval, timeout } = heartbeat
  let timer: NodeJS.Timeout | undefined
  const ask = (): void => {
    socket.ping()
    const message = `no sign of life within ${Math.round(timeout)} ms after a ping`
    timer = setTimeout(() => onSilence(message), timeout)
  }
  const heard = (): void => {
    clearTimeout(timer)
    timer = setTimeout(ask, interval)
  }
  socket.on('message', heard)
  socket.on('pong', heard)
  socket.on('ping', heard)
  socket.on('close', () => {
    clearTimeout(timer)
    socket.off('message', heard).off('pong', heard).off('ping', heard)
  })
  heard()
}
