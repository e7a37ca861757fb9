import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Answer, type Route, route } from './route.ts'

const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>RepLedger API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" sizes="32x32" href="/docs/favicon-32x32.png">
    <link rel="icon" type="image/png" sizes="16x16" href="/docs/favicon-16x16.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
})
`

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

/** The document and the pages that show it. They are no part of the API, and so not of the document. */
export function docsRoutes(document: () => string): Route[] {
  return [
    served('/openapi.json', 'application/json; charset=utf-8', document),
    served('/docs', 'text/html; charset=utf-8', () => PAGE),
    served('/docs/start.js', 'text/javascript; charset=utf-8', () => START),
    ...Object.entries(FILES).map(([name, type]) => served(`/docs/${name}`, type, fileOfSwagger(name))),
  ]
}

function served(path: string, contentType: string, content: () => string | Buffer): Route {
  const headers = {
    'content-type': contentType,
    'content-security-policy': POLICY,
    'cache-control': 'public, max-age=300',
  }
  const answers = { 200: { description: path, contentType: contentType.split(';', 1)[0] as string } }
  const handle = async (): Promise<Answer> => ({ status: 200, headers, body: content() })
  return route(
    'GET',
    path,
    { summary: path, tag: 'Operation', access: 'nobody', always: true, answers },
    handle,
  )
}

function fileOfSwagger(name: string): () => Buffer {
  let bytes: Buffer | undefined
  return () => {
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
    bytes ??= readFileSync(join(folder, name))
    return bytes
  }
}
