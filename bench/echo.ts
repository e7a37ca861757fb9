// The least that could answer: the same HTTP packages, and the body sent back.
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const router = new Router()
router.post('/echo', (ctx) => {
  ctx.status = 201
  ctx.body = ctx.request.body
})
router.get('/empty', (ctx) => {
  ctx.body = {}
})
const server = new Koa()
  .use(bodyParser())
  .use(router.routes())
  .listen(0, '127.0.0.1', () => {
    process.stdout.write(`echo answers at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
  })
