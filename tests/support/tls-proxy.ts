import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import path from 'node:path'
import { createServer } from 'node:tls'

/** The certificate that the proxy shows, as a file. */
export const CERTIFICATE = path.join(__dirname, 'certificate/certificate.pem')

/** Takes TLS off what goes to a server of this machine: what stands before a real one. */
export async function startTlsProxy(url: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { port: target } = new URL(url)
  const key = readFileSync(path.join(__dirname, 'certificate/key.pem'))
  const proxy = createServer({ key, cert: readFileSync(CERTIFICATE) }, (secure) => {
    const plain = connect(Number(target), '127.0.0.1')
    secure.pipe(plain).pipe(secure)
    for (const socket of [secure, plain]) socket.on('error', () => [secure, plain].forEach((each) => each.destroy()))
  })
  // a client that does not trust the certificate hangs up in the middle of the handshake
  proxy.on('tlsClientError', () => {})
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: (proxy.address() as AddressInfo).port,
    async stop() {
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
