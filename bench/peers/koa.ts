// Koa and its router with nothing else: what a GET costs at the least.
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'

const router = new Router()
router.get('/empty', (ctx) => {
  ctx.body = {}
})
const server = new Koa().use(router.routes()).listen(0, '127.0.0.1', () => {
  process.stdout.write(`koa answers at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
