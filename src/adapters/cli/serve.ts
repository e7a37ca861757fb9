import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function serveCommand(perform: Perform) {
  return new Command('serve')
    .description('serve the HTTP API until the process is asked to end (the default)')
    .action((options) =>
      perform(options, async ({ operations, settings, outside, answer }) => {
        const serving = await operations.serve(settings)
        if (isHindrance(serving)) return serving
        answer({ url: serving.url, dataDir: settings.dataDir }, [
          `RepLedger answers at ${serving.url} and keeps its data in ${settings.dataDir}`,
        ])
        await Promise.race([outside.stopAsked(), serving.failed])
        await serving.close()
        return exitCodes.good
      }),
    )
}
