// Prints the OpenAPI document just as the program serves it: `node test/support/print-openapi.ts`.
import { servedDocument } from './served-document.ts'

console.log(JSON.stringify(await servedDocument(), null, 2))
