using FragGuard.FragTrace.CommandLine;

using ToolConsole console = ToolConsole.OfProcess();
return (int)await ToolInvocation.RunAsync(args, console).ConfigureAwait(false);
