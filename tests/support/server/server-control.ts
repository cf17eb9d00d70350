import type { ChildProcess } from 'node:child_process'
import type { TestServer } from './server.js'

type Control = Pick<TestServer, 'wsUrl' | 'httpUrl' | 'port' | 'stop' | 'freeze' | 'thaw'>

/** Where a server's process listens, and the signals that stop it, for good or for a while. */
export function controlOf(child: ChildProcess, port: number): Control {
  // nobody wakes a frozen process to tell it that this one has ended
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return {
    port,
    wsUrl: `ws://127.0.0.1:${port}/rpc`,
    httpUrl: `http://127.0.0.1:${port}/rpc`,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.ref()
      child.kill('SIGKILL')
      await ended
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}
