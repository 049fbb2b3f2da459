import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What ends https in front of a site, as a reverse proxy of the operator does. */
export type TlsFront = {
  origin: string
  /** From now on hands everything on to this origin. */
  leadTo: (origin: string) => void
  close: () => Promise<void>
}

/** Starts one on a free port. Its key lies in the repository and is trusted by nobody. */
export async function startTlsFront(): Promise<TlsFront> {
  let target = ''
  const server = createServer(
    {
      key: readFileSync('tests/support/tls/only-for-tests-key.pem'),
      cert: readFileSync('tests/support/tls/only-for-tests-certificate.pem'),
    },
    (incoming, outgoing) => {
      const { hostname, port } = new URL(target)
      const { method, url: path, headers } = incoming
      const handedOn = request({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      handedOn.on('error', () => outgoing.destroy())
      incoming.pipe(handedOn)
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    leadTo: (origin) => {
      target = origin
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
